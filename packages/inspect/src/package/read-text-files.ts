import type { ArchiveFiles } from "../archive/index.ts";
import type { TextFile } from "./package-contents.ts";

// Bytes that were kept are UTF-8.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The texts that the archive's one pass kept, in archive order. */
export function readTextFiles(files: ArchiveFiles): TextFile[] {
  return files.paths.flatMap((path) => {
    const text = readText(files, path);
    return text === null ? [] : [{ path, text }];
  });
}

/** One file as text, or null when it is missing, no UTF-8 text, larger than 2 MiB, or beyond what is kept. */
export function readText(files: ArchiveFiles, path: string): string | null {
  const bytes = files.kept(path);
  return bytes === null ? null : decoder.decode(bytes);
}
