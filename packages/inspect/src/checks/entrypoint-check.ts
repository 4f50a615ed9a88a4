import { makeProblem, type PluginManifest, type Problem, type ProblemCode } from "@kosmarket/kit";
import type { ArchiveVerdict } from "../archive/index.ts";
import type { PackageContents } from "../package/package-contents.ts";
import { isSourcePath } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const LARGEST_MODULE = 64 * 1024 * 1024;
const MOST_UNREAD = 50;
const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** The entrypoint is in the package, of the type that its runtime loads, and parses; so does every other source file. */
export const entrypointCheck: Check = {
  id: "entrypoint",
  severity: "B",
  title: "Entrypoint",
  needs: "sound-plugin",
  async run(contents) {
    const { plugin, archive } = contents;
    if (plugin === null || archive === null) return { lookedAt: "Nothing.", findings: [] };
    const path = normalPath(plugin.entrypoint);
    if (!archive.files.has(path)) return { lookedAt: "The list of files.", findings: [reportMissing(plugin, archive, contents)] };
    const findings = plugin.runtime === "wasm" ? await checkModule(archive, path) : checkSource(contents, path);
    return { lookedAt: plugin.runtime === "wasm" ? `The module ${path}, validated.` : `${path} and ${countOf(contents.sources().length, "source file")}, parsed.`, findings };
  },
};

function normalPath(path: string): string {
  return path.replace(/^\.\//, "");
}

function report(code: ProblemCode, file: string, detail: string, place: Partial<Problem> = {}): Problem {
  return makeProblem({ code, check: "entrypoint", severity: "B", file, detail, ...place });
}

function reportMissing(plugin: PluginManifest, archive: ArchiveVerdict, contents: PackageContents): Problem {
  const path = normalPath(plugin.entrypoint);
  const similar = archive.files.paths.find((each) => each.toLowerCase() === path.toLowerCase());
  return report(similar === undefined ? "entrypoint.missing" : "entrypoint.case", contents.manifestFile ?? "plugin.yaml", `The entrypoint \`${path}\` is not in the package.`, {
    pointer: "/entrypoint",
    ...contents.locate("/entrypoint"),
    suggestion: similar === undefined ? "Add the file, or name the one that starts the plugin." : `Write \`${similar}\`, as the file is called.`,
  });
}

async function checkModule(archive: ArchiveVerdict, path: string): Promise<Problem[]> {
  if (!path.endsWith(".wasm")) return [report("entrypoint.type", path, "The runtime `wasm` loads a `.wasm` file.", { suggestion: "Name the module, or use the runtime `typescript`." })];
  const bytes = await archive.files.read(path, LARGEST_MODULE);
  if (bytes === null) return [report("entrypoint.too-large", path, "The module is larger than 64 MiB.")];
  if (!WASM_MAGIC.every((byte, at) => bytes[at] === byte)) return [report("entrypoint.wasm", path, "The file does not begin as a WebAssembly module, version 1.")];
  if (!WebAssembly.validate(new Uint8Array(bytes))) return [report("entrypoint.wasm", path, "The module does not validate; no host can load it.", { suggestion: "Build it again and check it with `wasm-validate`." })];
  return [];
}

// What no check could read must not look like something that they all passed.
function reportUnread(contents: PackageContents, entrypoint: string): Problem[] {
  const read = new Set(contents.sources().map((source) => source.path));
  const unread = (contents.archive?.files.paths ?? []).filter((path) => isSourcePath(path) && path !== entrypoint && !read.has(path));
  return unread.slice(0, MOST_UNREAD).map((path) =>
    report("source.not-checked", path, "The file is larger than 2 MiB, not UTF-8 text, or beyond the 32 MiB of text that are read, so no check has seen it.", {
      severity: "H",
      suggestion: "Publish readable source, and leave out what does not run.",
    }),
  );
}

function checkSource(contents: PackageContents, path: string): Problem[] {
  if (!isSourcePath(path)) return [report("entrypoint.type", path, "The runtime `typescript` loads `.ts`, `.js` and `.mjs` files.", { suggestion: "Name a source file, or set `runtime: wasm`." })];
  const findings: Problem[] = [];
  if (!contents.sources().some((source) => source.path === path)) findings.push(report("entrypoint.too-large", path, "The file is larger than 2 MiB or not UTF-8 text, so it cannot be checked."));
  findings.push(...reportUnread(contents, path));
  for (const source of contents.sources()) {
    for (const { message, line, column } of source.faults) {
      findings.push(report(source.path === path ? "entrypoint.syntax" : "source.syntax", source.path, `The file does not parse: ${message}`, { line, column }));
    }
  }
  return findings;
}
