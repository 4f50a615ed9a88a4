import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspectPackage, PackError, packReproducible } from "@kosmarket/inspect";
import { VALID_PLUGIN } from "#tests/support/archive-builder.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pack-"));
  for (const [name, text] of Object.entries(VALID_PLUGIN)) await writeFile(join(folder, name), text);
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), text);
}

const pathsOf = async (): Promise<string[]> => (await inspectPackage((await packReproducible(folder)).bytes)).files.map((each) => each.path);

describe("packing a folder", () => {
  it("gives a package that passes every check", async () => {
    const packed = await packReproducible(folder);
    expect(packed).toMatchObject({ fileName: "harbour-lights-1.0.0.zip", manifest: { kind: "plugin", id: "harbour-lights" } });
    expect(await inspectPackage(packed.bytes)).toMatchObject({ ok: true });
  });
  it("gives the same bytes again, whatever the times and the order of writing", async () => {
    await put("b.txt", "b");
    await put("a.txt", "a");
    const first = await packReproducible(folder);
    await rm(join(folder, "b.txt"));
    await put("b.txt", "b");
    await utimes(join(folder, "main.ts"), 1, 1);
    expect(Buffer.from((await packReproducible(folder)).bytes).equals(Buffer.from(first.bytes))).toBe(true);
  });
  it("leaves out what nobody publishes, and what .kosignore names", async () => {
    for (const path of ["node_modules/a/index.js", ".git/config", "old.zip.asc", "old.sig", ".env", "src/note.txt", "src/keep.txt", "build/out.js", "deep/build/out.js", "a.log", "x/a.log"]) await put(path, "x");
    await put(".kosignore", "# ours\nsrc/*\n!src/keep.txt\n/build/\n*.log\n");
    expect(await pathsOf()).toEqual(["LICENSE", "README.md", "deep/build/out.js", "main.ts", "plugin.yaml", "src/keep.txt"]);
  });
  it("refuses links instead of following them", async () => {
    await symlink("/etc/hostname", join(folder, "link.txt"));
    await expect(packReproducible(folder)).rejects.toThrow("`link.txt` is a link");
  });
  it("refuses a folder whose manifest is not valid, with its problems", async () => {
    await put("plugin.yaml", "id: Harbour\n");
    const error: unknown = await packReproducible(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PackError);
    expect(error instanceof PackError ? error.problems.length : 0).toBeGreaterThan(0);
  });
});
