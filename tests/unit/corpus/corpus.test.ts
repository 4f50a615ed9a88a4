import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspectManifest, inspectPackage } from "@kosmarket/inspect";
import { describe, expect, test } from "vitest";
import { corpusTable, countCorpus, readCorpus, REJECT_FAMILIES, uploadOf, type WebCase } from "#tests/support/read-corpus.ts";

const VECTORS = join(import.meta.dirname, "../../vectors");

test("the corpus has the sizes that were promised, and its page shows them", () => {
  const promised = { yaml: 26, version: 13, archive: 39, signature: 20, web: 20, accept: 0 };
  const counts = countCorpus();
  for (const { family, refused } of counts) expect(refused, family).toBeGreaterThanOrEqual(promised[family]);
  expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThanOrEqual(120);
  expect(counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThanOrEqual(40);
  process.stdout.write(`${corpusTable()}\n`);
  expect(readFileSync(join(VECTORS, "README.md"), "utf8")).toContain(corpusTable());
});

test.each([...REJECT_FAMILIES, "accept"] as const)("%s has a case for every file that a case can be", (family) => {
  const cases = readCorpus(family);
  const files = readdirSync(join(VECTORS, family)).filter((name) => name !== "cases.json" && !name.endsWith(".ts"));
  const named = new Set(cases.flatMap((one) => [one.file, ...namesIn(one)]));
  expect(files.filter((file) => !named.has(file))).toEqual([]);
  expect(new Set(cases.map(({ file }) => file)).size).toBe(cases.length);
  for (const { note } of cases) expect(note).not.toBe("");
});

// A signature's case names the certificates and the data that belong to it.
function namesIn(one: object): string[] {
  const { certificates = [], data } = one as { certificates?: string[]; data?: string };
  return data === undefined ? [...certificates, "data.yaml"] : [...certificates, data, "data.yaml"];
}

describe("web vectors that are more than a request", () => {
  test.each(readCorpus<WebCase>("web").filter(({ as }) => as !== "request"))("$file: $code", async (one) => {
    const { part, bytes, fileName } = uploadOf("web", one);
    const { problems } = part === "package" ? await inspectPackage(bytes) : await inspectManifest(bytes, { file: fileName });
    expect(problems.map(({ code, severity }) => [code, severity])).toContainEqual([one.code, one.severity ?? "B"]);
    expect(problems.filter(({ code, severity }) => severity === "B" && code !== one.code)).toEqual([]);
  });
});

test.each(readCorpus("accept"))("$file passes without a problem that blocks", async (one) => {
  const { problems } = await inspectManifest(uploadOf("accept", one).bytes);
  expect(problems.filter(({ severity }) => severity === "B")).toEqual([]);
});
