import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { ObjectStore, PresignedPut, PutOptions } from "#lib/storage/index.ts";

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
])("presigned addresses: $driver", ({ start }) => {
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

  describe("a presigned GET", () => {
    const named = { expiresInSeconds: 60, fileName: "naïve “x”.zip", contentType: "application/zip" };

    it("answers the bytes as an attachment, whole and by range", async () => {
      const url = await store.presignGet(await stored("0123456789"), named);
      const whole = await fetch(url);
      expect(whole.status).toBe(200);
      expect(whole.headers.get("content-type")).toBe("application/zip");
      expect(whole.headers.get("content-disposition")).toBe(
        `attachment; filename="na_ve _x_.zip"; filename*=UTF-8''na%C3%AFve%20%E2%80%9Cx%E2%80%9D.zip`,
      );
      expect(await whole.text()).toBe("0123456789");
      const part = await fetch(url, { headers: { range: "bytes=2-4" } });
      expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
      expect((await fetch(url, { headers: { range: "bytes=10-" } })).status).toBe(416);
    });

    it("of nothing answers 404", async () => {
      expect((await fetch(await store.presignGet(newKey(), named))).status).toBe(404);
    });

    it("is refused when any part of the address is changed", async () => {
      const url = await store.presignGet(await stored("secret"), named);
      const other = await stored("other");
      const changed = [url.replace(/contract\/[^?]+/, other), ...eachParameterChanged(url)];
      expect(changed.length).toBeGreaterThan(4);
      for (const address of changed) {
        const answer = await fetch(address);
        expect([400, 403], address).toContain(answer.status);
        expect(await answer.text()).not.toMatch(/secret$|^other$/);
      }
    });

    it("is refused after its time", async () => {
      const url = await running.slowStore.presignGet(await stored("late"), named);
      expect((await fetch(url)).status).toBe(403);
    });

    it("permits neither PUT nor DELETE", async () => {
      const key = await stored("kept");
      const url = await store.presignGet(key, named);
      expect((await fetch(url, { method: "PUT", body: "changed" })).status).toBe(403);
      expect((await fetch(url, { method: "DELETE" })).ok).toBe(false);
      expect(await textOf(key)).toBe("kept");
    });
  });

  describe("a presigned PUT", () => {
    const right = bytesOf("right body");
    const announced = { ...describing(right), size: right.length, expiresInSeconds: 60 };

    const send = async ({ url, method, headers }: PresignedPut, body: Uint8Array) => {
      const answer = await fetch(url, { method, headers, body: new Uint8Array(body) });
      await answer.arrayBuffer();
      return answer;
    };

    it("stores exactly the announced bytes", async () => {
      const key = newKey();
      expect((await send(await store.presignPut(key, announced), right)).status).toBe(200);
      expect(await textOf(key)).toBe("right body");
      expect(await store.head(key)).toEqual({ size: right.length, contentType: TEXT, sha256: sha256(right) });
    });

    it.each([
      ["another body of the same length", "wrong body", 400],
      ["a shorter body", "right bod", 403],
      ["a longer body", "right body!", 403],
      ["no body", "", 403],
    ])("refuses %s and stores nothing", async (_, text, status) => {
      const key = newKey();
      const answer = await send(await store.presignPut(key, announced), bytesOf(text));
      expect(answer.status).toBe(status);
      expect(await store.head(key)).toBeNull();
    });

    it("refuses a digest other than the signed one, even of the body that comes", async () => {
      const key = newKey();
      const wrong = bytesOf("wrong body");
      const request = JSON.stringify(await store.presignPut(key, announced))
        .replaceAll(sha256(right), sha256(wrong))
        .replaceAll(base64Digest(right), base64Digest(wrong));
      expect((await send(JSON.parse(request), wrong)).status).toBe(403);
      expect(await store.head(key)).toBeNull();
    });

    it("refuses another type than the signed one", async () => {
      const key = newKey();
      const request = await store.presignPut(key, announced);
      const headers = { ...request.headers, "content-type": "text/html" };
      expect((await send({ ...request, headers }, right)).status).toBe(403);
      expect(await store.head(key)).toBeNull();
    });

    it("is refused when any part of the address is changed", async () => {
      const key = newKey();
      const request = await store.presignPut(key, announced);
      for (const url of [request.url.replace(key, `${key}x`), ...eachParameterChanged(request.url)]) {
        expect([400, 403], url).toContain((await send({ ...request, url }, right)).status);
      }
      expect(await Array.fromAsync(store.list(key))).toEqual([]);
    });

    it("is refused after its time and stores nothing", async () => {
      const key = newKey();
      expect((await send(await running.slowStore.presignPut(key, announced), right)).status).toBe(403);
      expect(await store.head(key)).toBeNull();
    });

    it("permits no GET", async () => {
      const { url, headers } = await store.presignPut(await stored("private"), announced);
      expect((await fetch(url, { headers })).status).toBe(403);
    });
  });
});

/** The address again and again, each time with the first character of one parameter changed. */
function eachParameterChanged(address: string): string[] {
  return [...new URL(address).searchParams.keys()].map((name) => {
    const url = new URL(address);
    const value = url.searchParams.get(name) ?? "";
    url.searchParams.set(name, (value.startsWith("2") ? "3" : "2") + value.slice(1));
    return url.href;
  });
}

function base64Digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}
