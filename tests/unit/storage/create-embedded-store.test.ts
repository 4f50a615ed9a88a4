import { createHash } from "node:crypto";
import { appendFile, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createEmbeddedStore } from "#lib/storage/index.ts";

const bytes = new TextEncoder().encode("hello");
const options = { sha256: createHash("sha256").update(bytes).digest("hex"), contentType: "text/plain" };

describe("createEmbeddedStore", () => {
  let root: string;
  const open = (secret = "s".repeat(32)) => createEmbeddedStore({ root, publicUrl: "http://localhost:1", secret });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "embedded-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  it("keeps objects for the next process", async () => {
    await open().put("a/b", bytes, options);
    expect(await open().getBytes("a/b", 10)).toEqual(Buffer.from(bytes));
  });

  it("leaves no file of a refused body", async () => {
    const put = open().put("a", new TextEncoder().encode("other"), options);
    await expect(put).rejects.toMatchObject({ code: "checksum-mismatch" });
    expect(await readdir(root, { recursive: true })).toEqual(expect.arrayContaining(["incoming", "objects"]));
    expect(await readdir(root, { recursive: true })).toHaveLength(2);
  });

  it.each([
    ["cut", (file: string) => truncate(file, 300)],
    ["lengthened", (file: string) => appendFile(file, "more")],
    ["emptied", (file: string) => truncate(file, 0)],
  ])("tells an object whose file was %s", async (_, damage) => {
    await open().put("a", bytes, options);
    await damage(join(root, "objects", "a~"));
    await expect(open().head("a")).rejects.toMatchObject({ code: "object-damaged" });
    await expect(open().get("a")).rejects.toMatchObject({ code: "object-damaged" });
  });

  it("tells changed bytes when it reads them whole", async () => {
    await open().put("a", bytes, options);
    await writeFile(join(root, "objects", "a~"), "j", { flag: "r+" });
    await expect(open().getBytes("a", 10)).rejects.toMatchObject({ code: "object-damaged" });
  });

  it("does not touch what another process is writing", async () => {
    await mkdir(join(root, "incoming"));
    await writeFile(join(root, "incoming", "of-another"), "half");
    await open().put("a", bytes, options);
    expect(await readdir(join(root, "incoming"))).toEqual(["of-another"]);
  });

  it("says when its folder cannot be used, and recovers", async () => {
    await writeFile(join(root, "objects"), "a file where the folder belongs");
    const store = open();
    await expect(store.ping()).rejects.toMatchObject({ code: "store-unavailable" });
    await rm(join(root, "objects"));
    await store.ping();
  });

  it("wants a secret that cannot be guessed", () => {
    expect(() => open("short")).toThrow("32 characters");
  });

  it("signs so that another secret does not accept it", async () => {
    const url = await open("x".repeat(32)).presignGet("a", { expiresInSeconds: 9, fileName: "a", contentType: "a/b" });
    const { pathname, search } = new URL(url);
    expect(() => open().verifyUrl("GET", pathname + search)).toThrow("not signed by this store");
    expect(open("x".repeat(32)).verifyUrl("HEAD", pathname + search)).toMatchObject({ key: "a", method: "GET" });
  });
});
