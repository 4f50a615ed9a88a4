import { inspectArchive } from "./inspect-archive.ts";

/**
 * The content of one file of a package, or null when the package has structural
 * faults, holds no such file, or the file is larger than `maxBytes`.
 */
export async function readEntry(source: string | Uint8Array, entryPath: string, maxBytes: number): Promise<Uint8Array | null> {
  const verdict = await inspectArchive(source);
  return verdict.problems.length > 0 ? null : await verdict.files.read(entryPath, maxBytes);
}
