import type { ArchiveFiles } from "../archive/index.ts";
import type { TextFile } from "./package-contents.ts";

/** Larger text files are data, not something that a person wrote or reads. */
export const TEXT_FILE_BYTES = 2 * 1024 * 1024;
const ALL_TEXT_BYTES = 32 * 1024 * 1024;
const BINARY_NAME = /\.(?:png|jpe?g|gif|webp|ico|wasm|woff2?|ttf|otf|mp3|wav|ogg|flac|zip|gz|onnx|bin|dat)$/i;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The files that are UTF-8 text, up to 2 MiB each and 32 MiB together, in archive order. */
export function readTextFiles(files: ArchiveFiles): TextFile[] {
  const texts: TextFile[] = [];
  let total = 0;
  for (const path of files.paths) {
    const size = files.size(path) ?? 0;
    if (BINARY_NAME.test(path) || total + size > ALL_TEXT_BYTES || files.head(path).includes(0)) continue;
    const text = readText(files, path);
    if (text === null) continue;
    total += size;
    texts.push({ path, text });
  }
  return texts;
}

/** One file as text, or null when it is missing, larger than 2 MiB or not UTF-8. */
export function readText(files: ArchiveFiles, path: string): string | null {
  const bytes = files.read(path, TEXT_FILE_BYTES);
  if (bytes === null) return null;
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
