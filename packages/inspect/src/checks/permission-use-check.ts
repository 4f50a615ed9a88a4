import { makeProblem, type PermissionId, type PluginManifest, type Problem } from "@kosmarket/kit";
import type { PackageContents } from "../package/package-contents.ts";
import { HOST_MEMBERS, placeInText, type ParsedSource, type SourceUses } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

// Permissions whose use always shows in the source; the others have no call of their own.
const VISIBLE: readonly PermissionId[] = ["log_output", "read_config", "event_broadcast", "storage", "notifications", "clipboard", "spawn_process", "audio_input", "gpu"];
const BY_SERVICE: readonly PermissionId[] = ["llm_access", "vector_access", "image_gen_access", "service_invoke"];
const MOST_FINDINGS = 50;
const LARGEST_MODULE = 64 * 1024 * 1024;

/** Compares what the source does with what the manifest declares. Read from the syntax tree, so comments and strings do not count. */
export const permissionUseCheck: Check = {
  id: "permission-use",
  severity: "B",
  title: "Permissions used",
  needs: "sound-plugin",
  async run(contents) {
    const { plugin } = contents;
    if (plugin === null) return { lookedAt: "Nothing: a service runs no code on the host.", findings: [] };
    if (plugin.runtime === "wasm") return { lookedAt: `What the module ${plugin.entrypoint} imports.`, findings: await judgeImports(plugin, contents) };
    const sources = contents.sources();
    const findings = sources.flatMap((source) => [...findUndeclared(plugin, source), ...findUndeclaredHosts(plugin, source)]).slice(0, MOST_FINDINGS);
    const everythingParsed = sources.every((source) => source.faults.length === 0);
    if (everythingParsed) findings.push(...findUnused(plugin, contents, sources.map((source) => source.uses)));
    return { lookedAt: `Calls, members and imports in ${countOf(sources.length, "source file")}.`, findings };
  },
};

/** A module can call only what it imports: each function of the host by the permission that puts it there, and nothing of WASI. */
async function judgeImports(plugin: PluginManifest, { archive }: PackageContents): Promise<Problem[]> {
  const bytes = await archive?.files.read(plugin.entrypoint, LARGEST_MODULE);
  // What is no module is told of by the check of the entrypoint.
  if (bytes == null || !WebAssembly.validate(new Uint8Array(bytes))) return [];
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(bytes)));
  const problems = imports.flatMap(({ module, name }): Problem[] => {
    const said = `${module}.${name}`.slice(0, 120);
    if (/^wasi/.test(module)) return [makeProblem({ code: "source.sandbox-escape", check: "permission-use", severity: "B", file: plugin.entrypoint, detail: `The module imports \`${said}\`; no permission grants the system's own interface.`, suggestion: "Build it without WASI, for the host's functions alone." })];
    const permission = HOST_MEMBERS[name.split(/[._]/)[0] ?? ""];
    if (module !== "host" || permission === undefined || plugin.permissions.includes(permission)) return [];
    return [makeProblem({ code: "permission.undeclared", check: "permission-use", severity: "B", file: plugin.entrypoint, detail: `The module imports \`${said}\`, which needs the permission \`${permission}\`.`, suggestion: `Add \`${permission}\` to \`permissions\`, or leave the import out.` })];
  });
  return problems.slice(0, MOST_FINDINGS);
}

function findUndeclared(plugin: PluginManifest, { path, text, uses }: ParsedSource): Problem[] {
  const seen = new Set<string>();
  return uses.permissions.flatMap(({ name, offset, anyOf }) => {
    const first = anyOf[0] ?? "network";
    if (anyOf.some((id) => plugin.permissions.includes(id)) || seen.has(first)) return [];
    seen.add(first);
    return [makeProblem({ code: "permission.undeclared", check: "permission-use", severity: "B", file: path, ...placeInText(text, offset), detail: `\`${name}\` needs the permission \`${first}\`, which the manifest does not declare.`, suggestion: `Add \`${first}\` to \`permissions\`, or leave the call out.` })];
  });
}

function findUndeclaredHosts(plugin: PluginManifest, { path, text, uses }: ParsedSource): Problem[] {
  if (!plugin.permissions.includes("network")) return [];
  return uses.hosts
    .filter(({ name }) => !plugin.network.some((declared) => covers(declared.toLowerCase(), name)))
    .slice(0, MOST_FINDINGS)
    .map(({ name, offset }) => makeProblem({ code: "source.undeclared-host", check: "permission-use", severity: "B", file: path, ...placeInText(text, offset), detail: `The source calls \`${name}\`, which is not under \`network\`; the host would refuse it.`, suggestion: `Add \`${name}\` to \`network\`.` }));
}

function covers(declared: string, host: string): boolean {
  const name = host.replace(/:\d+$/, "");
  if (declared === "*" || declared === host || declared === name) return true;
  return declared.startsWith("*.") && name.endsWith(declared.slice(1));
}

function findUnused(plugin: PluginManifest, contents: PackageContents, all: SourceUses[]): Problem[] {
  const used = new Set(all.flatMap((uses) => [...uses.possible, ...uses.permissions.flatMap((use) => use.anyOf)]));
  const guesses = all.some((uses) => uses.invokesUnknownService);
  return plugin.permissions.flatMap((id, index) => {
    if (used.has(id) || !(VISIBLE.includes(id) || (BY_SERVICE.includes(id) && !guesses))) return [];
    const pointer = `/permissions/${index}`;
    return [makeProblem({ code: "permission.unused", check: "permission-use", severity: "W", file: contents.manifestFile, pointer, ...contents.locate(pointer), detail: `\`${id}\` is declared, and nothing in the source uses it.`, suggestion: "Leave it out: people are asked to grant it." })];
  });
}
