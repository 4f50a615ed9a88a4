import { writeFile } from "node:fs/promises";
import { fileExists, fileUnwritable } from "./errors.ts";

export interface WriteOptions {
  overwrite: boolean;
  /** permission bits; 0o644 by default */
  mode?: number;
  /** what to say when the file exists */
  hint: string;
}

/** Writes a result; an existing file is left as it is unless told otherwise (without a moment between the look and the write). */
export async function writeResult(path: string, content: string | Uint8Array, { overwrite, mode = 0o644, hint }: WriteOptions): Promise<void> {
  try {
    await writeFile(path, content, { flag: overwrite ? "w" : "wx", mode });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") throw fileExists(path, hint);
    throw fileUnwritable(path, error);
  }
}
