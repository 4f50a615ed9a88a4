import { MAX_YAML_BYTES, parseManifestYaml, readStrictYaml } from "@kosmarket/kit";
import { expect, test } from "vitest";
import { bytesOf } from "./read-vectors.ts";

test("values, their keys and what the author wrote can be found by pointer", () => {
  const yaml = readStrictYaml(bytesOf("a:\n  - b: 1.10\n    'c/d~': x\n"));
  expect(yaml.problems).toEqual([]);
  expect(yaml.value).toEqual({ a: [{ b: 1.1, "c/d~": "x" }] });
  expect(yaml.locate("/a/0/b")).toEqual({ line: 2, column: 8 });
  expect(yaml.locate("/a/0/b", "key")).toEqual({ line: 2, column: 5 });
  expect(yaml.locate("/a/0/c~1d~0")).toEqual({ line: 3, column: 13 });
  expect(yaml.locate("/a/0/missing")).toEqual({ line: 2, column: 5 });
  expect(yaml.sourceOf("/a/0/b")).toBe("1.10");
});

test("YAML 1.2 means what it says: no is text, 0.10 is a number", () => {
  expect(readStrictYaml(bytesOf("a: no\nb: 0.10\nc: 2026-01-01\nd: true\ne: ~\n")).value).toEqual({ a: "no", b: 0.1, c: "2026-01-01", d: true, e: null });
});

test("a prototype cannot be reached through a key", () => {
  const yaml = readStrictYaml(bytesOf("__proto__: {polluted: true}\na: 1\n"));
  expect(yaml.problems.map((problem) => problem.code)).toEqual(["yaml.forbidden-key"]);
  expect(Object.keys(yaml.value as object)).toEqual(["a"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("exactly 64 KiB are read, one byte more are not", () => {
  const full = bytesOf(`a: ${"x".repeat(MAX_YAML_BYTES - 4)}\n`);
  expect(full.length).toBe(MAX_YAML_BYTES);
  expect(readStrictYaml(full).problems).toEqual([]);
  expect(readStrictYaml(bytesOf(`a: ${"x".repeat(MAX_YAML_BYTES - 3)}\n`)).problems.map((problem) => problem.code)).toEqual(["yaml.too-large"]);
});

test("an emoji may choose how it is drawn", () => {
  expect(readStrictYaml(bytesOf("a: I ❤️ YAML 1️⃣\n")).problems).toEqual([]);
});

test.each([["["], ["{a: "], ["- "], ["? "], ["[{a: "], ["- ? "]])("64 KiB of %j are refused quickly", (unit) => {
  const started = performance.now();
  const { problems } = readStrictYaml(bytesOf(unit.repeat(Math.floor(MAX_YAML_BYTES / unit.length))));
  expect(problems.map((problem) => problem.code)).toContain("yaml.too-deep");
  expect(performance.now() - started).toBeLessThan(2000);
});

test("brackets inside quotes and comments are not nesting", () => {
  const brackets = "[".repeat(200);
  expect(readStrictYaml(bytesOf(`a: "${brackets}"\nb: '${brackets}'\n# ${brackets}\nc: |\n  ${brackets}\n`)).problems).toEqual([]);
});

test.each([
  ["aliases", `a: [${"*a,".repeat(20000)}]`],
  ["tags", `a: [${"!x y,".repeat(12000)}]`],
  ["repeated words", `permissions: [${"x,".repeat(30000)}]`],
  ["empty lists", "[]".repeat(32000)],
  ["empty services", `services:\n${"- {}\n".repeat(12000)}`],
])("thousands of faults are answered briefly and at once: %s", (_, text) => {
  const started = performance.now();
  const { problems, services, plugin } = parseManifestYaml(bytesOf(text));
  expect(performance.now() - started).toBeLessThan(15_000);
  expect(problems.length).toBeLessThanOrEqual(202);
  expect(problems.map((problem) => problem.code)).toContain("manifest.too-many-problems");
  expect([services, plugin]).toEqual([[], null]);
});
