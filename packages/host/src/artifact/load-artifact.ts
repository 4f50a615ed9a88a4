import type { Problem } from "@kosmarket/kit";
import { makeProblem } from "@kosmarket/kit";
import type { PackageReport } from "@kosmarket/inspect";
import { inspectInChild, PackError, packReproducible } from "@kosmarket/inspect";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileUnreadable, wrongUsage } from "../command-line/errors.ts";
import { readInput } from "../command-line/read-input.ts";
import type { SourceReader } from "../command-line/print-report.ts";
import { openSource } from "./read-source.ts";

/** The exact bytes that are signed and published, and what can be said of them without a registry. */
export interface LoadedArtifact {
  /** the form field that carries it */
  part: "package" | "manifest";
  bytes: Uint8Array;
  fileName: string;
  /** 64 lower-case hex digits */
  sha256: string;
  kind: "plugin" | "service" | null;
  id: string | null;
  version: string | null;
  ok: boolean;
  problems: Problem[];
  /** the lines that the problems are about */
  source: SourceReader;
}

/** A folder that could not be packed: there are problems, and no bytes. */
export interface UnpackedFolder {
  bytes: null;
  ok: false;
  problems: Problem[];
  source: SourceReader;
}

export interface LoadOptions {
  /** require what publishing requires of a bare manifest: one service, with a version */
  publishing: boolean;
}

/**
 * Loads a folder (packed in memory), a `.zip` or `.tgz`, or a manifest file, and inspects it.
 * Throws a CommandError when the path cannot be read or is of no such kind; faults in the content are problems.
 */
export async function loadArtifact(path: string, { publishing }: LoadOptions): Promise<LoadedArtifact | UnpackedFolder> {
  if (await isFolder(path)) return loadFolder(path);
  if (/\.(?:zip|tgz|tar\.gz)$/i.test(path)) return inspect("package", { bytes: await readInput(path), fileName: basename(path), source: openSource(path, "package") }, publishing);
  if (/\.ya?ml$/i.test(path)) return inspect("manifest", { bytes: await readInput(path), fileName: basename(path), source: openSource(path, "manifest") }, publishing);
  throw wrongUsage(`\`${path}\` is neither a folder, a .zip or .tgz package, nor a .yaml manifest`);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileUnreadable(path, error);
  }
}

async function loadFolder(path: string): Promise<LoadedArtifact | UnpackedFolder> {
  const source = openSource(path, "folder");
  try {
    const { bytes, fileName } = await packReproducible(path);
    return await inspect("package", { bytes, fileName, source }, true);
  } catch (error) {
    if (error instanceof PackError) return { bytes: null, ok: false, problems: problemsOf(error), source };
    if (error instanceof Error && "code" in error) throw fileUnreadable(path, error);
    throw error;
  }
}

function problemsOf(error: PackError): Problem[] {
  if (error.problems.length > 0) return [...error.problems];
  return [makeProblem({ code: "package.inspection-failed", check: "archive", detail: `The folder cannot be packed: ${error.message}.` })];
}

async function inspect(part: LoadedArtifact["part"], { bytes, fileName, source }: Pick<LoadedArtifact, "bytes" | "fileName" | "source">, publishing: boolean): Promise<LoadedArtifact> {
  const report = await inspectBytes(part, bytes, fileName, publishing);
  const { manifest } = report;
  const version = manifest !== null && typeof manifest.version === "string" ? manifest.version : null;
  return { part, bytes, fileName, sha256: report.sha256, kind: report.kind, id: manifest?.id ?? null, version, ok: report.ok, problems: report.problems, source };
}

/** In a process of its own, as the registry does it: source that kills the parser must not kill the command. */
async function inspectBytes(part: LoadedArtifact["part"], bytes: Uint8Array, fileName: string, publishing: boolean): Promise<PackageReport> {
  const folder = await mkdtemp(join(tmpdir(), "kos-inspect-"));
  try {
    const path = join(folder, "artifact");
    await writeFile(path, bytes);
    return await inspectInChild(path, part === "package" ? { what: "package" } : { what: "manifest", publishing, file: fileName });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
