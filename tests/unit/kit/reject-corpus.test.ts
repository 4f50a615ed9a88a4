import { checkVersion, parseManifestYaml, PROBLEM_CODES } from "@kosmarket/kit";
import { describe, expect, test } from "vitest";
import { listVectors, readCases, readVector } from "./read-vectors.ts";

describe.each(["yaml", "version"])("%s vectors", (family) => {
  const cases = readCases(family);

  test.each(cases)("$file is refused: $note", ({ file, code, line, column }) => {
    const parsed = parseManifestYaml(readVector(family, file), { file });
    expect(parsed.problems).toContainEqual(expect.objectContaining({ code, line, column, file, severity: "B" }));
    expect(parsed.plugin).toBeNull();
    for (const problem of parsed.problems) {
      expect(Object.keys(PROBLEM_CODES)).toContain(problem.code);
      expect(problem.line).toBeGreaterThan(0);
      expect(problem.column).toBeGreaterThan(0);
      expect(problem.detail).not.toBe("");
    }
  });

  test("each file has a case", () => {
    const files = listVectors(family).filter((file) => file !== "cases.json");
    expect(cases.map((entry) => entry.file).sort()).toEqual(files.sort());
  });
});

test("the corpus has the sizes that were promised", () => {
  expect(readCases("yaml").length).toBeGreaterThanOrEqual(26);
  expect(readCases("version").length).toBeGreaterThanOrEqual(13);
});

test.each(readCases("version").filter((entry) => typeof entry.version === "string"))("the bare version of $file is refused", ({ version, code }) => {
  expect(checkVersion(version ?? "").map((problem) => problem.code)).toEqual([code]);
});
