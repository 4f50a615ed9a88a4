import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildZip, VALID_PLUGIN, validEntries } from "./archive-builder.ts";

const VECTORS = join(import.meta.dirname, "../vectors");

/** Five families of what must be refused, some with cases that must be accepted; `accept` has manifests of which all must be. */
export const REJECT_FAMILIES = ["yaml", "version", "archive", "signature", "web"] as const;
export type Family = (typeof REJECT_FAMILIES)[number] | "accept";

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

export interface WebCase extends CorpusCase {
  as: "icon" | "readme" | "manifest" | "request";
  code: string;
  /** `B` unless it says otherwise */
  severity?: "H";
  contentType?: string;
  status?: number;
  /** why the command line cannot be asked the same */
  serverOnly?: string;
}

/** The cases of one family, as `tests/vectors/<family>/cases.json` lists them. */
export function readCorpus<T extends CorpusCase = CorpusCase>(family: Family): T[] {
  return JSON.parse(readFileSync(join(VECTORS, family, "cases.json"), "utf8")) as T[];
}

export function readVector(family: Family, file: string): Buffer {
  return readFileSync(join(VECTORS, family, file));
}

/** What a publisher would send for a case: icons and READMEs stand in an otherwise faultless package. */
export interface CorpusUpload {
  part: "package" | "manifest";
  bytes: Buffer;
  fileName: string;
}

export function uploadOf(family: Exclude<Family, "signature">, one: CorpusCase): CorpusUpload {
  const bytes = readVector(family, one.file);
  const as = family === "web" ? (one as WebCase).as : family === "archive" ? "package" : "manifest";
  if (as === "icon") return wrapped({ "plugin.yaml": `${VALID_PLUGIN["plugin.yaml"] ?? ""}ui:\n  icon: icon.svg\n`, "icon.svg": bytes });
  if (as === "readme") return wrapped({ "README.md": bytes });
  return { part: as === "package" ? "package" : "manifest", bytes, fileName: one.file };
}

function wrapped(changes: Record<string, string | Uint8Array>): CorpusUpload {
  const kept = validEntries().filter((entry) => !Object.hasOwn(changes, entry.name));
  return { part: "package", bytes: buildZip([...kept, ...Object.entries(changes).map(([name, data]) => ({ name, data }))]), fileName: "package.zip" };
}

export interface CorpusCount {
  family: Family;
  refused: number;
  accepted: number;
}

/** How many cases of each family must be refused and accepted. */
export function countCorpus(): CorpusCount[] {
  return [...REJECT_FAMILIES, "accept" as const].map((family) => {
    const cases = readCorpus(family);
    return { family, refused: cases.filter(({ code }) => code !== null).length, accepted: cases.filter(({ code }) => code === null).length };
  });
}

/** The counts as the table that `tests/vectors/README.md` shows. */
export function corpusTable(): string {
  const counts = countCorpus();
  const sum = (key: "refused" | "accepted"): number => counts.reduce((total, each) => total + each[key], 0);
  const row = (name: string, refused: number, accepted: number): string => `| ${name} | ${refused} | ${accepted} |`;
  return ["| family | must be refused | must be accepted |", "|---|---|---|", ...counts.map(({ family, refused, accepted }) => row(`\`${family}/\``, refused, accepted)), row("together", sum("refused"), sum("accepted"))].join("\n");
}
