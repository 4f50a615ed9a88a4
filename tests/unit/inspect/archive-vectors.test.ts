import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectArchive, inspectPackage } from "@kosmarket/inspect";

interface VectorCase {
  file: string;
  code: string | null;
  also?: string[];
  note: string;
}

const folder = join(import.meta.dirname, "../../vectors/archive");
const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")) as VectorCase[];

describe("the archive corpus", () => {
  it("has a case for every file and a file for every case", () => {
    const files = readdirSync(folder).filter((name) => name !== "cases.json");
    expect(new Set(files)).toEqual(new Set(cases.map((each) => each.file)));
    expect(cases.filter((each) => each.code !== null).length).toBeGreaterThanOrEqual(39);
  });

  for (const { file, code, also = [], note } of cases) {
    if (code === null) {
      it(`accepts ${file}: ${note}`, async () => {
        const report = await inspectPackage(join(folder, file));
        expect(report.problems.filter((each) => each.severity === "B")).toEqual([]);
        expect(report.manifest).toMatchObject({ kind: "plugin", id: "harbour-lights" });
        expect(report.files.map((each) => each.path)).toEqual(expect.arrayContaining(["plugin.yaml", "main.ts", "README.md", "LICENSE"]));
      });
    } else {
      it(`refuses ${file} with ${code}: ${note}`, async () => {
        const verdict = await inspectArchive(join(folder, file));
        expect(new Set(verdict.problems.map((each) => each.code))).toEqual(new Set([code, ...also]));
        expect(verdict.problems.every((each) => each.severity === "B" && each.check === "archive")).toBe(true);
        expect((await inspectPackage(join(folder, file))).ok).toBe(false);
      });
    }
  }
});
