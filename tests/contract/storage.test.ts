import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { artifactKey } from "#lib/storage/index.ts";
import type { ObjectStore, PutOptions } from "#lib/storage/index.ts";

import { startEmbeddedStore, startS3Store } from "../support/start-object-store.ts";
import type { RunningStore } from "../support/start-object-store.ts";

/** The first start on a machine downloads the S3 server. */
const START_TIMEOUT_MS = 15 * 60_000;
const TEXT = "text/plain";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const newKey = () => `contract/${randomUUID()}`;
const describing = (bytes: Uint8Array): PutOptions => ({ sha256: sha256(bytes), contentType: TEXT });

describe.each([
  { driver: "embedded", start: startEmbeddedStore },
  { driver: "s3", start: startS3Store },
])("object store: $driver", ({ driver, start }) => {
  let running: RunningStore;
  let store: ObjectStore;

  beforeAll(async () => {
    running = await start();
    store = running.store;
  }, START_TIMEOUT_MS);
  afterAll(() => running?.stop());

  async function stored(text: string, key = newKey()): Promise<string> {
    await store.put(key, bytesOf(text), describing(bytesOf(text)));
    return key;
  }

  async function textOf(key: string): Promise<string | null> {
    const bytes = await store.getBytes(key, 1000);
    return bytes && new TextDecoder().decode(bytes);
  }

  async function rangeOf(key: string, range: { start: number; end?: number }): Promise<[string, number]> {
    const found = await store.get(key, range);
    if (found === null) throw new Error(`nothing at ${key}`);
    return [Buffer.concat(await found.body.toArray()).toString(), found.size];
  }

  async function keysBelow(prefix: string): Promise<string[]> {
    return (await Array.fromAsync(store.list(prefix))).map(({ key }) => key);
  }

  describe("bytes", () => {
    it("come back as they were stored, with size, type and digest", async () => {
      const key = await stored("hello");
      expect(await textOf(key)).toBe("hello");
      const found = await store.get(key);
      expect(found).toMatchObject({ size: 5, contentType: TEXT });
      expect(Buffer.concat((await found?.body.toArray()) ?? []).toString()).toBe("hello");
      expect(await store.head(key)).toEqual({ size: 5, contentType: TEXT, sha256: sha256(bytesOf("hello")) });
      expect(store.kind).toBe(driver);
      await store.ping();
    });

    it("may be none at all", async () => {
      const key = await stored("");
      expect(await textOf(key)).toBe("");
      expect(await store.head(key)).toMatchObject({ size: 0 });
    });

    it("are replaced as a whole", async () => {
      const key = await stored("long and old");
      await stored("new", key);
      expect(await textOf(key)).toBe("new");
    });

    it("with another digest are refused and leave no object", async () => {
      const key = newKey();
      const put = store.put(key, bytesOf("evil"), describing(bytesOf("good")));
      await expect(put).rejects.toMatchObject({ code: "checksum-mismatch" });
      expect(await store.head(key)).toBeNull();
    });

    it("with another digest leave what was there before", async () => {
      const key = await stored("before");
      const put = store.put(key, bytesOf("evil"), describing(bytesOf("good")));
      await expect(put).rejects.toMatchObject({ code: "checksum-mismatch" });
      expect(await textOf(key)).toBe("before");
    });

    it("stream from and to files of 20 MB", async () => {
      const folder = await mkdtemp(join(tmpdir(), "large-"));
      const bytes = randomBytes(20_000_000);
      const file = { path: join(folder, "large.bin"), size: bytes.length };
      await writeFile(file.path, bytes);
      const key = artifactKey(sha256(bytes));
      expect(await store.put(key, file, { ...describing(bytes), ifAbsent: true })).toBe("created");
      const hash = createHash("sha256");
      for await (const chunk of (await store.get(key))?.body ?? []) hash.update(chunk);
      expect(hash.digest("hex")).toBe(sha256(bytes));
      const shorter = store.put(newKey(), { ...file, size: file.size + 1 }, describing(bytes));
      await expect(shorter).rejects.toMatchObject({ code: "length-mismatch" });
      await rm(folder, { recursive: true });
    });

    it("above the reader's limit are not read into memory", async () => {
      const key = await stored("hello");
      await expect(store.getBytes(key, 4)).rejects.toMatchObject({ code: "object-too-large" });
      expect(await store.getBytes(key, 5)).toHaveLength(5);
    });

    it("are read by range, with the size of the whole", async () => {
      const key = await stored("0123456789");
      expect(await rangeOf(key, { start: 2, end: 4 })).toEqual(["234", 10]);
      expect(await rangeOf(key, { start: 7 })).toEqual(["789", 10]);
      expect(await rangeOf(key, { start: 8, end: 99 })).toEqual(["89", 10]);
      await expect(store.get(key, { start: 10 })).rejects.toMatchObject({ code: "range-unsatisfiable" });
    });
  });

  describe("a key", () => {
    it("without an object answers null everywhere", async () => {
      const key = newKey();
      expect(await store.get(key)).toBeNull();
      expect(await store.getBytes(key, 10)).toBeNull();
      expect(await store.head(key)).toBeNull();
    });

    it("is written once only when told so", async () => {
      const key = newKey();
      const put = (text: string) => store.put(key, bytesOf(text), { ...describing(bytesOf(text)), ifAbsent: true });
      expect(await put("first")).toBe("created");
      expect(await put("second")).toBe("exists");
      expect(await textOf(key)).toBe("first");
    });

    it("is created by exactly one of 20 writers at once", async () => {
      const key = newKey();
      const texts = Array.from({ length: 20 }, (_, index) => `writer ${index}`);
      const put = (text: string) => store.put(key, bytesOf(text), { ...describing(bytesOf(text)), ifAbsent: true });
      const outcomes = await Promise.all(texts.map(put));
      expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
      expect(await textOf(key)).toBe(texts[outcomes.indexOf("created")]);
    });

    it("is deleted, and deleting it again is no error", async () => {
      const key = await stored("gone soon");
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
      await store.delete(key);
    });

    it("is copied with its type and digest, and both live on alone", async () => {
      const from = await stored("copied");
      const to = newKey();
      await store.copy(from, to);
      await store.delete(from);
      expect(await textOf(to)).toBe("copied");
      expect(await store.head(to)).toMatchObject({ contentType: TEXT, sha256: sha256(bytesOf("copied")) });
      await expect(store.copy(from, to)).rejects.toMatchObject({ code: "object-missing" });
    });

    it("is listed by the text it begins with, in order", async () => {
      const base = newKey();
      const names = ["a", "a/b", "a-b", "A", "ab/c", "b/1.0.0-RC.1"];
      for (const name of names) await stored(name, `${base}/${name}`);
      const below = async (prefix: string) => (await keysBelow(`${base}/${prefix}`)).map((k) => k.slice(base.length + 1));
      expect(await below("")).toEqual(["A", "a", "a-b", "a/b", "ab/c", "b/1.0.0-RC.1"]);
      expect(await below("a")).toEqual(["a", "a-b", "a/b", "ab/c"]);
      expect(await below("a/")).toEqual(["a/b"]);
      expect(await below("c")).toEqual([]);
      expect(await textOf(`${base}/A`)).toBe("A");
    });

    it.each(["../up", "a/../../b", "/etc/passwd", "a//b", "a/", "", ".hidden", "a\\b", "a\0b", "ä", "a~", "x".repeat(200)])(
      "like %j is refused by every method",
      async (key) => {
        const refused = { code: "key-invalid" };
        const sizes = { size: 1, sha256: sha256(bytesOf("x")), contentType: TEXT, expiresInSeconds: 60 };
        await expect(store.put(key, bytesOf("x"), describing(bytesOf("x")))).rejects.toMatchObject(refused);
        await expect(store.get(key)).rejects.toMatchObject(refused);
        await expect(store.getBytes(key, 1)).rejects.toMatchObject(refused);
        await expect(store.head(key)).rejects.toMatchObject(refused);
        await expect(store.delete(key)).rejects.toMatchObject(refused);
        await expect(store.copy("a", key)).rejects.toMatchObject(refused);
        await expect(store.copy(key, "a")).rejects.toMatchObject(refused);
        await expect(store.presignPut(key, sizes)).rejects.toMatchObject(refused);
        await expect(store.presignGet(key, { ...sizes, fileName: "x" })).rejects.toMatchObject(refused);
      },
    );

    it("prefix that climbs is refused", async () => {
      await expect(keysBelow("../")).rejects.toMatchObject({ code: "key-invalid" });
    });
  });
});
