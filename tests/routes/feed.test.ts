import { createHash } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { FeedSchema } from "@kosmarket/kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { registrySigner } from "#lib/trust/index.ts";
import { yankVersion } from "#lib/publishing/index.ts";
import { buildSnapshot } from "#lib/feed/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { openGnupg } from "#tests/support/signing-keys.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const ADDRESSES = ["/api/feed.json", "/.kai/updates.json"];
let server: TestServer;
let owner: Principal;
let publisher: string;
let listing: string;
let published: Uint8Array;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  owner = await makePerson(server.deps);
  publisher = await makePublisher(server.deps, owner);
  listing = uniqueName("fed");
  published = (await publishService(server.deps, { principal: owner, publisher }, listing)).bytes;
  await publishService(server.deps, { principal: owner, publisher }, uniqueName("fed"), "2.1.0");
  await waitFor("the second entry", async () => (Object.keys(await readFeed()).length === 2 ? true : undefined));
}, 120_000);
afterAll(() => server.stop());

const readFeed = async () => (await (await server.request("/api/feed.json")).json()) as Record<string, { latest: string; url: string; checksum: string; signature: string }>;

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The answer as it came over the wire: nothing decoded on the way. */
function raw(path: string, headers: Record<string, string>, method = "GET"): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, server.url), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on("error", reject).end();
  });
}

const decoders: Record<string, (bytes: Buffer) => Buffer> = { gzip: (bytes) => gunzipSync(bytes), br: (bytes) => brotliDecompressSync(bytes), identity: (bytes) => bytes };
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.each(ADDRESSES)("%s", (address) => {
  test("holds exactly the four keys of each entry, in the documented order", async () => {
    const feed = FeedSchema.parse(JSON.parse((await raw(address, {})).body.toString()));
    expect(Object.keys(feed)).toContain(listing);
    expect(Object.keys(feed)).toEqual(Object.keys(feed).toSorted());
    for (const [id, entry] of Object.entries(feed)) {
      expect(Object.keys(entry)).toEqual(["latest", "url", "checksum", "signature"]);
      expect(entry.url).toBe(`${server.url}/api/service/${id}/download?version=${entry.latest}`);
    }
  });

  test.each([
    [undefined, "identity"],
    ["", "identity"],
    ["identity", "identity"],
    ["gzip", "gzip"],
    ["br", "br"],
    ["gzip, deflate, br", "br"],
    ["gzip;q=1.0, br;q=0.5", "gzip"],
    ["br;q=0", "identity"],
    ["br;q=0, gzip", "gzip"],
    ["*", "br"],
    ["*;q=0", "identity"],
    ["*;q=0, gzip", "gzip"],
    ["GZIP", "gzip"],
    ["zstd, lzma", "identity"],
    ["gzip;q=abc", null],
    [";;;,,,=", null],
    ["gzip;q=0.001", "gzip"],
    ["gzip".repeat(500), "identity"],
  ])("Accept-Encoding %j is answered with %s, which decodes once to the bytes that the tag names", async (accept, encoding) => {
    const answer = await raw(address, accept === undefined ? {} : { "accept-encoding": accept });
    const used = answer.headers["content-encoding"] ?? "identity";
    if (encoding !== null) expect(used).toBe(encoding);
    expect(answer.status).toBe(200);
    expect(answer.headers.vary).toBe("accept-encoding");
    expect(Number(answer.headers["content-length"])).toBe(answer.body.length);
    const plain = decoders[used]?.(answer.body) ?? Buffer.alloc(0);
    expect(plain.equals((await raw("/api/feed.json", {})).body)).toBe(true);
    expect(answer.headers.etag).toBe(used === "identity" ? `"${sha256(plain)}"` : `"${sha256(plain)}-${used}"`);
  });

  test("HEAD says the same as GET, without a body", async () => {
    for (const accept of ["identity", "gzip", "br"]) {
      const [get, head] = [await raw(address, { "accept-encoding": accept }), await raw(address, { "accept-encoding": accept }, "HEAD")];
      const { date: _get, ...full } = get.headers;
      const { date: _head, ...bare } = head.headers;
      expect([head.status, head.body.length, bare]).toEqual([200, 0, full]);
    }
  });

  test("a client that has it gets 304 and no bytes", async () => {
    const { etag = "" } = (await raw(address, { "accept-encoding": "br" })).headers;
    for (const have of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await raw(address, { "if-none-match": have, "accept-encoding": "br" });
      expect([answer.status, answer.body.length, answer.headers.etag], have).toEqual([304, 0, etag]);
    }
    for (const have of ['"other"', etag.slice(1, -1), `"${"0".repeat(64)}"`, ""]) expect((await raw(address, { "if-none-match": have })).status, have).toBe(200);
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s is refused", async (method) => {
    const answer = await raw(address, {}, method);
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD"]);
  });
});

test("what a stranger's host does: poll, download, compare, verify", async () => {
  const entry = (await readFeed())[listing];
  const bytes = new Uint8Array(await (await fetch(entry?.url ?? "")).arrayBuffer());
  expect(Buffer.from(bytes).equals(Buffer.from(published))).toBe(true);
  expect(entry?.checksum).toBe(`sha256:${sha256(bytes)}`);
  const { fingerprint } = await registrySigner(server.deps.config);
  const gpg = openGnupg();
  try {
    gpg.run(["--import"], await (await server.request("/api/v1/registry/keys.asc")).text());
    expect(gpg.run(["--status-fd", "1", "--verify", gpg.file("sig", entry?.signature ?? ""), gpg.file("data", bytes)])).toContain(`VALIDSIG ${fingerprint.toUpperCase()}`);
  } finally {
    gpg.dispose();
  }
});

describe("the feed follows", () => {
  const settled = async () => (await buildSnapshot(server.deps)).seq;

  test("a yank: the highest stable version that is not yanked, then nothing", async () => {
    const id = uniqueName("yanked");
    const by = { principal: owner, publisher };
    for (const version of ["1.0.0", "1.1.0", "2.0.0-beta.1"]) await publishService(server.deps, by, id, version);
    await waitFor("the new entry", async () => ((await readFeed())[id]?.latest === "1.1.0" ? true : undefined));
    await yankVersion(server.deps, { principal: owner, id, version: "1.1.0", reason: "It forgets the tide." });
    await settled();
    await waitFor("the older version", async () => ((await readFeed())[id]?.latest === "1.0.0" ? true : undefined));
    await yankVersion(server.deps, { principal: owner, id, version: "1.0.0", reason: "This one too." });
    await settled();
    await waitFor("the entry's end", async () => (id in (await readFeed()) ? undefined : true));
  });

  test.each([
    ["quarantined", { moderation: "quarantined" }, false],
    ["removed", { moderation: "removed" }, false],
    ["hidden", { hiddenAt: new Date() }, true],
  ])("a listing that is %s", async (_state, data, stays) => {
    const id = uniqueName("moderated");
    await publishService(server.deps, { principal: owner, publisher }, id);
    await waitFor("the new entry", async () => (id in (await readFeed()) ? true : undefined));
    await server.deps.db.listing.update({ where: { slug: id }, data });
    const seq = await settled();
    await waitFor("the snapshot", async () => ((await server.deps.db.feedSnapshot.findFirstOrThrow({ orderBy: { seq: "desc" } })).seq === seq ? true : undefined));
    if (stays) expect(id in (await readFeed())).toBe(true);
    else await waitFor("the entry's end", async () => (id in (await readFeed()) ? undefined : true));
  });

  test("an unchanged catalogue keeps its snapshot, and many builders at once make one", async () => {
    const before = await server.deps.db.feedSnapshot.count();
    const built = await Promise.all(Array.from({ length: 6 }, () => buildSnapshot(server.deps)));
    expect(built.filter((result) => result.changed)).toEqual([]);
    expect(await server.deps.db.feedSnapshot.count()).toBe(before);
  });
});
