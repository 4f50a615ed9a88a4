import { makeProblem, parseManifestYaml } from "@kosmarket/kit";
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { buildReport, gatherContents } from "./inspect-package.ts";
import type { PackageReport } from "./package-report.ts";
import { noManifest, readPlugin, readService, type RootManifest } from "./read-root-manifest.ts";
import { runChecks } from "./run-checks.ts";

export interface InspectManifestOptions {
  /** require what publishing requires: exactly one service, with a version */
  publishing?: boolean;
  /** the name that problems carry; by default the base name of a path, or that of the kind */
  file?: string;
}

// Far above what the format allows, so that a large file gets the format's own problem.
const LARGEST_READ = 1024 * 1024;

/** The report on a bare manifest (a path, or its bytes): the same form, with the package checks left out. Never throws for what is in it. */
export async function inspectManifest(source: string | Uint8Array, options: InspectManifestOptions = {}): Promise<PackageReport> {
  const bytes = typeof source === "string" ? await readSmallFile(source) : source;
  if (typeof bytes === "string") {
    const problem = makeProblem({ code: "archive.unreadable", check: "manifest", severity: "B", file: options.file ?? null, detail: bytes });
    return report(noManifest(problem), new Uint8Array(0));
  }
  const file = options.file ?? (typeof source === "string" ? source.slice(Math.max(source.lastIndexOf("/"), source.lastIndexOf("\\")) + 1) : undefined);
  return report(readBareManifest(bytes, file, options.publishing ?? false), bytes);
}

async function readSmallFile(path: string): Promise<Uint8Array | string> {
  try {
    if ((await stat(path)).size > LARGEST_READ) return "The file is far larger than any manifest.";
    return await readFile(path);
  } catch (error) {
    return `The file cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown error"}).`;
  }
}

function readBareManifest(bytes: Uint8Array, file: string | undefined, publishing: boolean): RootManifest {
  const sniffed = parseManifestYaml(bytes, { publishing, ...(file === undefined ? {} : { file }) });
  if (sniffed.kind === "plugin") return readPlugin(bytes, file ?? "plugin.yaml");
  if (sniffed.kind === "service") return readService(bytes, file ?? "services.yaml", publishing);
  return { ...noManifest(...sniffed.problems), file: file ?? null };
}

async function report(root: RootManifest, bytes: Uint8Array): Promise<PackageReport> {
  const contents = gatherContents(null, root);
  const whole = { sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
  return buildReport(contents, await runChecks(contents), whole);
}
