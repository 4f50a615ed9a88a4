import { readFile } from "node:fs/promises";
import { fileUnreadable } from "./errors.ts";

/** The bytes of a file that the command line names. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileUnreadable(path, error);
  }
}

/** The same as text; what is not UTF-8 becomes U+FFFD and fails where it is parsed. */
export async function readInputText(path: string): Promise<string> {
  return new TextDecoder().decode(await readInput(path));
}
