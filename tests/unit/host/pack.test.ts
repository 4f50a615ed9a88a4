import { createHash } from "node:crypto";
import { existsSync, readFileSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pluginFiles, runKos, temporaryFolder, writeFiles } from "./run-kos.ts";

describe("kos pack", { timeout: 60_000 }, () => {
  it("gives the same bytes for the same files, wherever and whenever they lie", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "one"), pluginFiles());
    writeFiles(join(folder.path, "two"), Object.fromEntries(Object.entries(pluginFiles()).reverse()));
    utimesSync(join(folder.path, "two", "main.ts"), 1e9, 1e9);
    const first = await runKos(["pack", "one", "--out", "1.zip", "--json"], { cwd: folder.path });
    const second = await runKos(["pack", "two", "--out", "2.zip", "--json"], { cwd: folder.path });
    expect([first.code, second.code]).toEqual([0, 0]);
    const bytes = readFileSync(join(folder.path, "1.zip"));
    expect(readFileSync(join(folder.path, "2.zip")).equals(bytes)).toBe(true);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(first.json()).toMatchObject({ ok: true, path: join(folder.path, "1.zip"), sha256, size: bytes.length, id: "tide-table", version: "1.2.0" });
    expect(second.json()).toMatchObject({ sha256 });
  });

  it("names the file after id and version, and prints path, checksum and size", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "tide"), pluginFiles());
    const ran = await runKos(["pack", "tide"], { cwd: folder.path });
    const bytes = readFileSync(join(folder.path, "tide-table-1.2.0.zip"));
    expect(ran.stdout).toMatch(new RegExp(`^tide-table-1\\.2\\.0\\.zip\nsha256 ${createHash("sha256").update(bytes).digest("hex")}\nsize +\\S+`));
  });

  it("writes nothing when a check blocks", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "tide"), pluginFiles({ "main.ts": "export function init( {" }));
    const ran = await runKos(["pack", "tide", "--out", "t.zip", "--json"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({ ok: false });
    expect(JSON.stringify(ran.json())).toContain("entrypoint.syntax");
    expect(existsSync(join(folder.path, "t.zip"))).toBe(false);
  });

  it("refuses a link and says which", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "tide"), pluginFiles());
    symlinkSync("/etc/hostname", join(folder.path, "tide", "host.txt"));
    const ran = await runKos(["pack", "tide", "--out", "t.zip"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("`host.txt` is a link");
    expect(existsSync(join(folder.path, "t.zip"))).toBe(false);
  });
});
