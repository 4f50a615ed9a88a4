import {
  checkListingId, checkVersion, compareVersions, findCharacterFaults, hasNoBlocker, idSkeleton, isCanonicalVersion, isListingId, parseManifestYaml,
  PROBLEM_CODES, readStrictYaml, suggestNearest, toPointer,
} from "@kosmarket/kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { bytesOf, readVector } from "./read-vectors.ts";

const anyText = fc.string({ unit: "binary", maxLength: 200 });
const idText = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/);

test("a skeleton of a skeleton is itself", () => {
  fc.assert(fc.property(anyText, (text) => idSkeleton(idSkeleton(text)) === idSkeleton(text)));
});

test("separators and look-alike digits never tell ids apart", () => {
  fc.assert(
    fc.property(idText, (id) => {
      expect(idSkeleton(id.replaceAll("-", ""))).toBe(idSkeleton(id));
      expect(idSkeleton(id.replaceAll("o", "0").replaceAll("l", "1"))).toBe(idSkeleton(id));
    }),
  );
});

test("an id is accepted or refused with a reason, whatever the text", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, idText), (text) => {
      const problems = checkListingId(text);
      expect(problems.length === 0 || problems.every((problem) => problem.code in PROBLEM_CODES)).toBe(true);
      if (!isListingId(text)) expect(problems).toHaveLength(1);
    }),
  );
});

test("a version is canonical exactly when nothing is said against it", () => {
  const near = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.constantFrom("", "-beta.1", "+b", " ", "\n", "-01", ".1")).map(([a, b, c, end]) => `${a}.${b}.${c}${end}`);
  fc.assert(fc.property(fc.oneof(anyText, near), (text) => (checkVersion(text).length === 0) === isCanonicalVersion(text)));
});

test("comparing versions is an order", () => {
  const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom("", "-beta", "-beta.2", "-nightly.1")).map(([a, b, c, tag]) => `${a}.${b}.${c}${tag}`);
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      expect(compareVersions(a, b) === 0).toBe(a === b);
    }),
  );
});

test("arbitrary bytes never throw, and what is refused says where", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      for (const problem of parseManifestYaml(bytes).problems) {
        expect(problem.code in PROBLEM_CODES).toBe(true);
        expect(problem.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

test("text made of YAML's own characters never throws", () => {
  const yamlish = fc.string({ unit: fc.constantFrom(..."abid:-?[]{}&*!|>'\"%@`#,~<= \n\t\r019.\u0000\u200b\ufeff"), maxLength: 120 });
  fc.assert(
    fc.property(yamlish, (text) => {
      const { value, problems } = readStrictYaml(bytesOf(text));
      if (value === undefined) expect(hasNoBlocker(problems)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("plain data written by a YAML library is read back the same", () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9 _-]{0,12}$/).filter((name) => !["constructor", "prototype"].includes(name));
  const leaf = fc.oneof(fc.stringMatching(/^[ -~]{0,30}$/), fc.integer({ min: -1e9, max: 1e9 }), fc.boolean());
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree"), { maxLength: 4 }), fc.dictionary(key, tie("tree"), { maxKeys: 4, noNullPrototype: true })),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (data) => {
      const read = readStrictYaml(bytesOf(stringify(data, { aliasDuplicateObjects: false })));
      expect(read.problems).toEqual([]);
      expect(read.value).toEqual(data);
      for (const name of Object.keys(data)) expect(read.locate(toPointer([name]), "key")?.column).toBe(1);
    }),
  );
});

test("a flipped byte in a good manifest never throws and never pollutes a prototype", () => {
  const good = readVector("accept", "services.yaml");
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (index, byte) => {
      const bytes = Uint8Array.from(good);
      bytes[index] = byte;
      const parsed = parseManifestYaml(bytes);
      if (hasNoBlocker(parsed.problems)) expect(parsed.services.length).toBe(2);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("no refused character passes the reader, raw or as an escape", () => {
  const hidden = fc.constantFrom(0x00, 0x1b, 0x7f, 0xad, 0x200b, 0x200f, 0x202e, 0x2028, 0x2066, 0xfeff, 0xe0001, 0xe0041);
  fc.assert(
    fc.property(hidden, fc.boolean(), (codePoint, escaped) => {
      const character = escaped ? `\\U${codePoint.toString(16).padStart(8, "0")}` : String.fromCodePoint(codePoint);
      const { problems } = readStrictYaml(bytesOf(`a: "x${character}y"\n`));
      expect(findCharacterFaults(String.fromCodePoint(codePoint)).map((fault) => fault.code)).toContain(problems[0]?.code);
      expect(problems).toHaveLength(1);
    }),
  );
});

test("a suggestion is one of the candidates", () => {
  fc.assert(fc.property(anyText, fc.array(fc.string(), { maxLength: 10 }), (word, candidates) => [null, ...candidates].includes(suggestNearest(word, candidates))));
});
