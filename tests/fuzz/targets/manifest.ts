import { hasNoBlocker, parseManifestYaml, readStrictYaml } from "@kosmarket/kit";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { readCorpus, readVector, type Family } from "#tests/support/read-corpus.ts";
import { mutateBytes } from "../mutate-bytes.ts";
import type { Random } from "../random.ts";
import type { Target } from "../target.ts";

const TOKENS = ["- ", ": ", "? ", "&a ", "*a", "!!str ", "!", "|", ">", "|+\n", "---\n", "...\n", "%YAML 1.1\n", "{", "}", "[", "]", ",", "'", '"', "#", "\t", "\r\n", "\n", "<<: ", "~", "null", "0x1f", "1_000", ".inf", "1.10", "yes", "__proto__: ", "\\u202e", "\u202e", "\ufeff", "\u2028", "\u0000", "\u{e0041}", "x-a: "];

/** Manifests: no exception, a place for every fault, and nothing accepted that a YAML library reads differently. */
export function manifestTarget(): Target {
  const families: Family[] = ["accept", "yaml", "version"];
  return {
    seeds: families.flatMap((family) => readCorpus(family).map(({ file }) => readVector(family, file))).filter((bytes) => bytes.length < 8_192),
    mutate: (random, input, other) => (random.chance(0.5) ? mutateBytes(random, input, other) : insertTokens(random, input)),
    judge: (input) => Promise.resolve(judge(input)),
    close: () => undefined,
  };
}

function insertTokens(random: Random, input: Buffer): Buffer {
  let text = input.toString("utf8");
  for (let rounds = 1 + random.below(4); rounds > 0; rounds--) {
    const at = random.below(text.length + 1);
    text = text.slice(0, at) + random.pick(TOKENS).repeat(random.chance(0.05) ? 200 : 1) + text.slice(at + random.below(4));
  }
  return Buffer.from(text, "utf8");
}

function judge(input: Buffer): { accepted: boolean; finding: string | null } {
  const parsed = parseManifestYaml(input);
  const placeless = parsed.problems.find(({ line, column, detail }) => (line ?? 0) < 1 || (column ?? 0) < 1 || detail === "");
  if (placeless !== undefined) return { accepted: false, finding: `a fault without a place: ${placeless.code}` };
  if (Object.keys(Object.prototype).length > 0) return { accepted: true, finding: "the prototype of every object was changed" };
  if (!hasNoBlocker(parsed.problems)) return { accepted: false, finding: null };
  if (parsed.plugin === null && parsed.services.length === 0) return { accepted: true, finding: "accepted, and nothing came of it" };
  const { value } = readStrictYaml(input);
  const theirs: unknown = parse(input.toString("utf8"), { version: "1.2", schema: "core" });
  return { accepted: true, finding: isDeepStrictEqual(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(theirs))) ? null : "a YAML library reads something else" };
}
