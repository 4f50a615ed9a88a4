import { createHash } from "node:crypto";
import { readEntry } from "@kosmarket/inspect";
import { chmodSync, existsSync, readFileSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KOS, pluginFiles, runKos, runProgram, temporaryFolder, writeFiles } from "./run-kos.ts";

/** The sha256 of one package, whoever packs it and wherever: of Node 20 to 26 on x64. */
const PACKED = "d10c15ac71bde374880b5b81b3bf7c4a9e7f8f89c1b105d1d79cec43c65486df";

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

  it.each([
    { umask: "000", TZ: "Pacific/Kiritimati", LC_ALL: "C", LANG: "C" },
    { umask: "077", TZ: "America/St_Johns", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
  ])("gives the same bytes under umask $umask, in the time zone $TZ and the locale $LANG, and leaves line ends alone", async ({ umask, ...env }) => {
    using folder = temporaryFolder();
    const files = pluginFiles({ "Z.md": "last or first?\r\nCRLF stays.\r\n", "a.md": "\n", "I.md": "i\n", "\u00e9.md": "one letter or two\n", "deep/er/x.md": "x\n" });
    const order = umask === "000" ? Object.entries(files) : Object.entries(files).reverse();
    const pack = (where: string, name: string) => runProgram("sh", ["-c", `umask ${umask}; exec "$0" "$@"`, process.execPath, KOS, "pack", where, "--out", join(folder.path, `${name}.zip`)], { cwd: folder.path, env });
    // A file system may spell a letter with its accent in two characters; a package spells it in one.
    writeFiles(join(folder.path, "here"), Object.fromEntries(order.map(([name, text]) => [name.normalize(umask === "000" ? "NFC" : "NFD"), text])));
    chmodSync(join(folder.path, "here", "main.ts"), umask === "000" ? 0o755 : 0o600);
    expect((await pack("here", "one")).code).toBe(0);
    const bytes = readFileSync(join(folder.path, "one.zip"));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(PACKED);
    expect(Buffer.from((await readEntry(bytes, "Z.md", 100)) ?? []).toString()).toBe("last or first?\r\nCRLF stays.\r\n");
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
