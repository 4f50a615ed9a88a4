import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const VECTORS = join(import.meta.dirname, "../../vectors");

export interface VectorCase {
  file: string;
  code: string;
  line: number;
  column: number;
  note: string;
  /** Only in the version family: the text itself, null where it is not a string in YAML. */
  version?: string | null;
}

export interface SignatureCase {
  file: string;
  kind: "signature" | "certificate";
  certificates?: string[];
  data?: string;
  receivedAt: string;
  /** Null when the vector must be accepted. */
  code: string | null;
  note: string;
}

export function readCases<T = VectorCase>(family: string): T[] {
  return JSON.parse(readFileSync(join(VECTORS, family, "cases.json"), "utf8")) as T[];
}

export function readVector(family: string, file: string): Uint8Array {
  return readFileSync(join(VECTORS, family, file));
}

export function readVectorText(family: string, file: string): string {
  return readFileSync(join(VECTORS, family, file), "latin1");
}

export function listVectors(family: string): string[] {
  return readdirSync(join(VECTORS, family));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
