import { readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runAtTerminal } from "./run-at-terminal.ts";
import { runKos, runProgram, temporaryFolder } from "./run-kos.ts";

describe("kos init", { timeout: 120_000 }, () => {
  it("never overwrites, and then writes nothing at all", async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, "mine"));
    writeFileSync(join(folder.path, "mine", "README.md"), "my own words");
    const ran = await runKos(["init", "mine"], { cwd: folder.path });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("README.md` exists already")]);
    expect([readdirSync(join(folder.path, "mine")), readFileSync(join(folder.path, "mine", "README.md"), "utf8")]).toEqual([["README.md"], "my own words"]);
  });

  it.each([
    ["an unknown kind", ["--kind", "rust"], "typescript, wasm, service"],
    ["a licence without a text", ["--license", "GPL-3.0-only"], "MIT, Apache-2.0, 0BSD"],
    ["an id that is none", ["--id", "Bad Id"], "Bad Id"],
    ["a name of two lines", ["--name", "a\nb"], "one line"],
  ])("refuses %s, and makes no folder", async (_, options, words) => {
    using folder = temporaryFolder();
    const ran = await runKos(["init", "mine", ...options], { cwd: folder.path });
    expect([ran.code, ran.stderr, readdirSync(folder.path)]).toEqual([2, expect.stringContaining(words), []]);
  });

  it.each(["typescript", "wasm", "service"])("makes a %s folder that passes every check without a warning, packs, and tests itself", async (kind) => {
    using folder = temporaryFolder();
    const made = await runKos(["init", "harbour-words", "--kind", kind, "--name", 'Harbour "Words": a # test', "--license", "Apache-2.0", "--json"], { cwd: folder.path });
    expect(made.json()).toMatchObject({ ok: true, kind, id: "harbour-words", license: "Apache-2.0" });
    expect(made.json().files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "icon.svg"]));
    const validated = await runKos(["validate", "harbour-words", "--json"], { cwd: folder.path });
    expect((validated.json().problems as { severity: string }[]).filter(({ severity }) => severity !== "I")).toEqual([]);
    expect((await runKos(["pack", "harbour-words"], { cwd: folder.path })).code).toBe(0);
    if (kind === "service") return;
    const tested = await runProgram(process.execPath, ["--test"], { cwd: join(folder.path, "harbour-words") });
    expect([tested.code, tested.stdout]).toEqual([0, expect.stringMatching(/pass [1-9]/)]);
  });

  it("asks three things at a terminal, with answers to agree with", async () => {
    using folder = temporaryFolder();
    const ran = await runAtTerminal(["init", join(folder.path, "Tide Table")], { env: {}, answers: { "What will it be?": ["3"], "Its id": [""], licence: [""] } });
    expect([ran.code, ran.questions.length]).toEqual([0, 3]);
    expect(readFileSync(join(folder.path, "Tide Table", "service.yaml"), "utf8")).toContain("id: tide-table\n");
  });
});
