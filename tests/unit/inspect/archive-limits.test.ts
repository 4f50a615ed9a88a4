import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ARCHIVE_LIMITS, inspectArchive, readEntry } from "@kosmarket/inspect";
import { buildTgz, buildZip, validEntries } from "#tests/support/archive-builder.ts";

// Slow on a busy machine, not by nature.
vi.setConfig({ testTimeout: 60_000 });

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-limits-"));
});
afterAll(() => rm(folder, { recursive: true }));

const manyEntries = (count: number): { name: string; data: string }[] => Array.from({ length: count }, (_, at) => ({ name: `f/${at}`, data: "" }));

describe("limits of an archive", () => {
  it("hashes a file over 50 MiB and does not open it", async () => {
    const path = join(folder, "large.zip");
    const file = await open(path, "w");
    await file.write(buildZip(validEntries()));
    await file.truncate(ARCHIVE_LIMITS.packedBytes + 1);
    await file.close();
    const verdict = await inspectArchive(path);
    expect(verdict.problems.map((each) => each.code)).toEqual(["archive.too-large-packed"]);
    expect(verdict).toMatchObject({ format: null, size: ARCHIVE_LIMITS.packedBytes + 1, entries: [] });
    expect(verdict.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("accepts 5,000 entries and refuses 5,001, zip and tar alike", async () => {
    expect((await inspectArchive(buildZip(manyEntries(5_000)))).problems).toEqual([]);
    expect((await inspectArchive(buildTgz(manyEntries(5_000)))).problems).toEqual([]);
    expect((await inspectArchive(buildZip(manyEntries(5_001)))).problems.map((each) => each.code)).toEqual(["archive.too-many-entries"]);
    expect((await inspectArchive(buildTgz(manyEntries(5_001)))).problems.map((each) => each.code)).toEqual(["archive.too-many-entries"]);
  });

  it("reports every fault of an archive in one verdict", async () => {
    const verdict = await inspectArchive(buildZip([...validEntries(), { name: "../a", data: "x" }, { name: "b\\c", data: "x" }, { name: "d", data: "x", mode: 0o120777 }, { name: "e", data: "x", claim: { crc: 7 } }]));
    expect(new Set(verdict.problems.map((each) => each.code))).toEqual(new Set(["archive.traversal", "archive.backslash", "archive.link", "archive.crc"]));
    expect(verdict.problems.find((each) => each.code === "archive.crc")?.file).toBe("e");
  });

  it("shows no raw control characters in a reported name", async () => {
    const verdict = await inspectArchive(buildZip([{ name: "a\u001b[2Jb", data: "x" }]));
    expect(verdict.problems[0]?.file).toBe("a\\u{1b}[2Jb");
  });

  it("gives digest, size and content of each file", async () => {
    const bytes = buildZip(validEntries());
    const verdict = await inspectArchive(bytes);
    expect(verdict.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(verdict.entries.find((each) => each.path === "LICENSE")).toEqual({ path: "LICENSE", size: 12, isDirectory: false, sha256: createHash("sha256").update("MIT License\n").digest("hex") });
    expect(Buffer.from((await readEntry(bytes, "LICENSE", 100)) ?? []).toString()).toBe("MIT License\n");
    expect(await readEntry(bytes, "LICENSE", 11)).toBeNull();
    expect(await readEntry(bytes, "absent", 100)).toBeNull();
    expect(await readEntry(buildZip([...validEntries(), { name: "../x", data: "" }]), "LICENSE", 100)).toBeNull();
  });

  it("says so when there is no such file", async () => {
    expect((await inspectArchive(join(folder, "absent.zip"))).problems.map((each) => each.code)).toEqual(["archive.unreadable"]);
  });
});
