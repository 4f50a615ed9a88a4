import { createHash, randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startEmbeddedStore } from "../../support/start-object-store.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("handleObjectRequest", () => {
  let running: Awaited<ReturnType<typeof startEmbeddedStore>>;
  const body = bytesOf("<script>alert(1)</script>");

  beforeAll(async () => {
    running = await startEmbeddedStore();
  });
  afterAll(() => running.stop());

  async function storedUrl(cacheControl?: string): Promise<string> {
    const key = `page/${randomUUID()}`;
    await running.store.put(key, body, { sha256: sha256(body), contentType: "text/html", cacheControl });
    return running.store.presignGet(key, { expiresInSeconds: 60, fileName: 'a"b/c\r\n.html', contentType: "text/html" });
  }

  it("sends what a browser neither shows, sniffs nor runs", async () => {
    const { headers } = await fetch(await storedUrl());
    expect(headers.get("content-disposition")).toBe(`attachment; filename="a_b_c__.html"; filename*=UTF-8''a%22b_c__.html`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(headers.get("etag")).toBe(`"${sha256(body)}"`);
    expect(headers.get("cache-control")).toBe("private, no-cache");
  });

  it("sends the cache control that the object was stored with", async () => {
    const { headers } = await fetch(await storedUrl("public, max-age=3600"));
    expect(headers.get("cache-control")).toBe("public, max-age=3600");
  });

  it("answers HEAD with the headers of GET and no body", async () => {
    const answer = await fetch(await storedUrl(), { method: "HEAD" });
    expect([answer.status, answer.headers.get("content-length")]).toEqual([200, String(body.length)]);
    expect(await answer.text()).toBe("");
  });

  it("answers 304 to whoever has the bytes already", async () => {
    const url = await storedUrl();
    const status = async (tag: string) => (await fetch(url, { headers: { "if-none-match": tag } })).status;
    expect(await status(`"x", W/"${sha256(body)}"`)).toBe(304);
    expect(await status("*")).toBe(304);
    expect(await status('"x"')).toBe(200);
  });

  it.each([
    ["bytes=0-0", 206, "bytes 0-0/25"],
    ["bytes=20-", 206, "bytes 20-24/25"],
    ["bytes=-5", 206, "bytes 20-24/25"],
    ["bytes=-99", 206, "bytes 0-24/25"],
    ["bytes=24-99", 206, "bytes 24-24/25"],
    ["bytes=25-", 416, "bytes */25"],
    ["bytes=-0", 416, "bytes */25"],
    ["bytes=5-4", 200, null],
    ["bytes=0-1,3-4", 200, null],
    ["items=0-1", 200, null],
    ["bytes=-", 200, null],
  ])("answers the range %s with %d", async (range, status, contentRange) => {
    const answer = await fetch(await storedUrl(), { headers: { range } });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([status, contentRange]);
    const length = Number(answer.headers.get("content-length"));
    expect((await answer.bytes()).length).toBe(length);
  });

  it("sends the whole object when If-Range names other bytes", async () => {
    const url = await storedUrl();
    const status = async (tag: string) => (await fetch(url, { headers: { range: "bytes=0-1", "if-range": tag } })).status;
    expect(await status('"other"')).toBe(200);
    expect(await status(`"${sha256(body)}"`)).toBe(206);
  });

  it("answers problems as problem documents that no cache keeps", async () => {
    const answer = await fetch(`${new URL(await storedUrl()).origin}/_objects/page/x`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({ status: 403, title: "Forbidden", code: "url-invalid" });
  });

  it("leaves other addresses to others", async () => {
    expect((await fetch(`${new URL(await storedUrl()).origin}/elsewhere`)).status).toBe(404);
  });

  it.each(["/_objects/../secret", "/_objects/%2e%2e/secret", "/_objects//etc/passwd", "/_objects/", "/_objects/a%00b"])(
    "refuses the path %s",
    async (path) => {
      const { hostname, port } = new URL(await storedUrl());
      expect((await raw({ hostname, port, path, method: "GET" })).status).toBe(403);
    },
  );

  it("asks an upload for its length", async () => {
    const put = await presignedPut();
    const headers = { ...put.headers, "transfer-encoding": "chunked" };
    expect((await raw({ ...put.address, headers, method: "PUT", body })).status).toBe(411);
    expect(await running.store.head(put.key)).toBeNull();
  });

  it("drops an upload that breaks off, with its file", async () => {
    const put = await presignedPut();
    const headers = { ...put.headers, "content-length": String(body.length) };
    await breakOff({ ...put.address, headers, method: "PUT", body: body.slice(0, 5) });
    await expect.poll(() => readdir(join(running.root, "incoming"))).toEqual([]);
    expect(await running.store.head(put.key)).toBeNull();
  });

  async function presignedPut() {
    const key = `upload/${randomUUID()}`;
    const announced = { size: body.length, sha256: sha256(body), contentType: "text/html", expiresInSeconds: 60 };
    const { url, headers } = await running.store.presignPut(key, announced);
    const { hostname, port, pathname, search } = new URL(url);
    return { key, headers, address: { hostname, port, path: pathname + search } };
  }

  async function breakOff(sent: Sent): Promise<void> {
    const req = request(sent);
    req.on("error", () => undefined);
    req.write(sent.body);
    const written = () => readdir(join(running.root, "incoming"));
    await expect.poll(written).toHaveLength(1);
    req.destroy();
  }
});

interface Sent {
  hostname: string;
  port: string;
  path: string;
  method: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
}

/** Sends the path as it is, where `fetch` would first resolve its dots. */
function raw(sent: Sent): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((answered, failed) => {
    const req = request(sent, (res) => {
      res.resume();
      answered({ status: res.statusCode ?? 0, headers: res.headers });
    });
    req.once("error", failed);
    req.end(sent.body);
  });
}
