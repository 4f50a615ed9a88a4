import { inspectArchive } from "@kosmarket/inspect";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { SourceReader } from "../command-line/print-report.ts";

const MOST_BYTES = 2 * 1024 * 1024;

/** Findings name files of the folder, of the package, or the manifest itself; each is read once, and only when asked for. */
export function openSource(path: string, what: "folder" | "package" | "manifest"): SourceReader {
  const read = what === "package" ? packageReader(path) : (file: string) => readFile(what === "folder" ? join(path, file) : path);
  const known = new Map<string, Promise<readonly string[] | null>>();
  return async (file) => {
    // A registry may name any file: only what lies within is shown.
    if (what === "manifest" && file !== basename(path)) return null;
    if (file.startsWith("/") || /(?:^|[\\/])\.\.(?:[\\/]|$)|^[a-z]:/i.test(file)) return null;
    const lines = known.get(file) ?? read(file).then(linesOf, () => null);
    known.set(file, lines);
    return await lines;
  };
}

function packageReader(path: string): (file: string) => Promise<Uint8Array | null> {
  let archive: ReturnType<typeof inspectArchive> | null = null;
  return async (file) => {
    archive ??= inspectArchive(path);
    return (await archive).files.read(file, MOST_BYTES);
  };
}

function linesOf(bytes: Uint8Array | null): readonly string[] | null {
  return bytes === null ? null : new TextDecoder().decode(bytes).split("\n");
}
