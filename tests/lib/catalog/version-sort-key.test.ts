import fc from "fast-check";
import semver from "semver";
import { expect, test } from "vitest";
import { versionSortKey } from "#lib/catalog/index.ts";

const number = fc.oneof(fc.nat(3), fc.nat(1_000_000_000));
const word = fc.stringMatching(/^[0-9A-Za-z-]{1,8}$/);
const identifier = fc.oneof(number.map(String), word, fc.constantFrom("alpha", "beta", "rc", "rc1", "rc-1", "0a", "-", "--", "a-", "A"));
const version = fc
  .tuple(number, number, number, fc.array(identifier, { maxLength: 4 }))
  .map(([major, minor, patch, parts]) => `${major}.${minor}.${patch}${parts.length === 0 ? "" : `-${parts.join(".")}`}`)
  .filter((text) => semver.valid(text) === text);

/** Bytewise, as the database's collation compares. */
const compareText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

test("sorting by the key is sorting by semver", () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(compareText(versionSortKey(a), versionSortKey(b)))).toBe(semver.compare(a, b));
    }),
    { numRuns: 5_000, examples: [["1.0.0-alpha", "1.0.0-alpha.1"], ["1.0.0-rc.1", "1.0.0"], ["1.0.0-1", "1.0.0-a"], ["1.0.0-a", "1.0.0-a-"], ["1.0.0-a.1", "1.0.0-a-b"], ["1.9.0", "1.10.0"]] },
  );
});

test.each(["1", "a", "10"])("the longest version that semver takes, full of `.%s`, fits the column", (part) => {
  let longest = `9007199254740991.9007199254740991.9007199254740991-${part}`;
  while (longest.length + part.length + 1 <= 256) longest += `.${part}`;
  expect(semver.valid(longest)).toBe(longest);
  expect(versionSortKey(longest).length).toBeLessThanOrEqual(600);
  let dense = `1.0.0-${part}`;
  while (dense.length + part.length + 1 <= 256) dense += `.${part}`;
  expect(versionSortKey(dense).length).toBeLessThanOrEqual(600);
});

test("a number beyond the safe integers still comes before words and after shorter numbers", () => {
  const sorted = ["1.0.0-9007199254740991", "1.0.0-99999999999999999999", "1.0.0-a", "1.0.0"];
  expect([...sorted].reverse().sort((a, b) => compareText(versionSortKey(a), versionSortKey(b)))).toEqual(sorted);
});
