import { readFileSync } from "node:fs";
import { join } from "node:path";

const VECTORS = join(import.meta.dirname, "../vectors");

export interface CorpusCase {
  file: string;
  /** Null where the vector must be accepted. */
  code: string | null;
  line?: number;
  column?: number;
  note: string;
}

export interface SignatureCase extends CorpusCase {
  kind: "signature" | "certificate";
  certificates?: string[];
  data?: string;
  receivedAt: string;
}

/** The cases of one family, as `tests/vectors/<family>/cases.json` lists them. */
export function readCorpus<T extends CorpusCase = CorpusCase>(family: "yaml" | "version" | "archive" | "signature"): T[] {
  return JSON.parse(readFileSync(join(VECTORS, family, "cases.json"), "utf8")) as T[];
}

export function readVector(family: "yaml" | "version" | "archive" | "signature" | "accept", file: string): Buffer {
  return readFileSync(join(VECTORS, family, file));
}
