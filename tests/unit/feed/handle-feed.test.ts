import { createHash } from "node:crypto";
import { createServer, request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { handleFeed, type feedInMemory } from "#lib/feed/index.ts";
import { processWide } from "#lib/platform/index.ts";

type Snapshot = NonNullable<ReturnType<typeof feedInMemory>>;
const slot = processWide<{ current: Snapshot | null }>("feed", () => ({ current: null }));
const server = createServer(handleFeed);

beforeAll(async () => await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close());
beforeEach(() => void (slot.current = snapshot(1n, '{"amber-anchor":{"latest":"1.0.0"}}\n')));

function snapshot(seq: bigint, text: string): Snapshot {
  const identity = Buffer.from(text);
  const sha256 = createHash("sha256").update(identity).digest("hex");
  return { seq, sha256, entries: 1, builtAt: new Date("2026-11-01T00:00:00Z"), withheld: new Set(), variants: { identity, gzip: gzipSync(identity), br: brotliCompressSync(identity) } };
}

async function ask(headers: Record<string, string> = {}, method = "GET"): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  const { port } = server.address() as AddressInfo;
  return await new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path: "/api/feed.json", method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    outgoing.on("error", reject).end();
  });
}

test("each encoding decodes exactly once to the feed, under a tag of its own", async () => {
  const decoders = { identity: (bytes: Buffer) => bytes, gzip: gunzipSync, br: brotliDecompressSync };
  const tags = new Set<string | undefined>();
  for (const [encoding, decode] of Object.entries(decoders)) {
    const { status, headers, body } = await ask({ "accept-encoding": encoding });
    expect([status, headers["content-encoding"] ?? "identity", headers["content-length"]]).toEqual([200, encoding, String(body.length)]);
    expect(decode(body)).toEqual(slot.current?.variants.identity);
    expect(headers).toMatchObject({ vary: "accept-encoding", "content-type": "application/json; charset=utf-8", "last-modified": "Sun, 01 Nov 2026 00:00:00 GMT", "access-control-allow-origin": "*" });
    tags.add(headers.etag);
  }
  expect(tags.size).toBe(3);
});

test("a poll with the tag of any encoding, in a list, weak, or `*` is answered 304 without a body", async () => {
  const { headers } = await ask({ "accept-encoding": "gzip" });
  const tag = headers.etag ?? "";
  for (const ifNoneMatch of [tag, `"other", ${tag}`, `W/${tag}`, "*"]) {
    for (const encoding of ["gzip", "br", "identity"]) {
      const poll = await ask({ "accept-encoding": encoding, "if-none-match": ifNoneMatch });
      expect([poll.status, poll.body.length]).toEqual([304, 0]);
      expect(poll.headers).toMatchObject({ vary: "accept-encoding", "cache-control": headers["cache-control"], date: expect.any(String) });
    }
  }
  expect((await ask({ "if-none-match": '"other"' })).status).toBe(200);
});

test("a new snapshot replaces the prepared answers", async () => {
  const { headers } = await ask({ "accept-encoding": "gzip" });
  slot.current = snapshot(2n, '{"birch-bridge":{"latest":"2.0.0"}}\n');
  const next = await ask({ "accept-encoding": "gzip", "if-none-match": headers.etag ?? "" });
  expect(next.status).toBe(200);
  expect(gunzipSync(next.body).toString()).toContain("birch-bridge");
});

test("the same Accept-Encoding gets the same answer the second time", async () => {
  for (const accept of ["br;q=0, gzip", "gzip;q=0", "*", "br;q=0.5, gzip;q=1"]) {
    const [first, second] = [await ask({ "accept-encoding": accept }), await ask({ "accept-encoding": accept })];
    expect(second.headers.etag).toBe(first.headers.etag);
  }
  expect((await ask({ "accept-encoding": "br;q=0, gzip" })).headers["content-encoding"]).toBe("gzip");
  expect((await ask({ "accept-encoding": "gzip;q=0" })).headers["content-encoding"]).toBeUndefined();
});

test("HEAD has the headers and no body; without a snapshot the answer is 503", async () => {
  const head = await ask({ "accept-encoding": "gzip" }, "HEAD");
  expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(slot.current?.variants.gzip.length), 0]);
  slot.current = null;
  expect((await ask()).status).toBe(503);
});
