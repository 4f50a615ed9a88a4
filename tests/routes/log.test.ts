import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromHex, leafHash, nodesFromTiles, openCheckpoint, parseVerifierKey, proveInclusion, readEntryBundle, readLeaf, tilePath, tileWidth, toHex, treeRoot, verifyConsistency, verifyInclusion, type Checkpoint } from "@kosmarket/kit";
import type { ConsistencyView, InclusionView, RecordEntryView } from "#lib/transparency/schema.ts";
import type { z } from "zod";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { startTestServer, stopProcess, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let server: TestServer;
let listing: string;
let older: Checkpoint;
beforeAll(async () => {
  server = await startTestServer();
  older = await checkpoint();
  const owner = await makePerson(server.deps);
  const publisher = await makePublisher(server.deps, owner);
  listing = uniqueName("tide");
  await publishService(server.deps, { principal: owner, publisher }, listing);
  await waitFor("the record to cover what happened", async () => ((await server.deps.db.logLeaf.count()) === (await checkpoint()).size ? true : undefined));
}, 120_000);
afterAll(() => server.stop());

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);
const json = async <T>(path: string): Promise<T> => (await (await server.request(path)).json()) as T;

/** Reads and verifies as a client does that knows nothing but the key. */
async function checkpoint(): Promise<Checkpoint> {
  const verifier = await parseVerifierKey((await (await server.request("/log/key")).text()).trim());
  const opened = await waitFor("a checkpoint", async () => {
    const response = await server.request("/log/checkpoint");
    const note = await response.text();
    return response.status !== 200 || verifier === null ? undefined : ((await openCheckpoint(note, verifier)) ?? undefined);
  });
  expect(opened.origin).toBe(`${new URL(server.url).host}/log`);
  return opened;
}

async function tile(place: Parameters<typeof tilePath>[0]): Promise<Uint8Array> {
  const response = await server.request(`/log/${tilePath(place)}`);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

describe("a client with nothing but the key", () => {
  test("builds the signed root out of the entries, and every proof out of the tiles", async () => {
    const { size, root } = await checkpoint();
    const entries = readEntryBundle(await tile({ level: "entries", index: 0, width: tileWidth("entries", 0, size) }));
    expect(entries).toHaveLength(size);
    const nodes = nodesFromTiles(size, tile);
    expect(toHex(await treeRoot(size, nodes))).toBe(toHex(root));
    for (const [index, entry] of entries.entries()) {
      expect(readLeaf(entry)).not.toBeNull();
      expect(await verifyInclusion({ leaf: await leafHash(entry), index, size, proof: await proveInclusion(index, size, nodes), root })).toBe(true);
    }
    expect(entries.map((entry) => readLeaf(entry)?.type)).toEqual(["publisher-created", "submission-decided", "listing-created", "version-published"]);
  });

  test("is given proofs that hold against the checkpoint", async () => {
    const { size, root } = await checkpoint();
    const { items } = await json<{ items: RecordEntryView[] }>(`/api/v1/log/entries?type=version-published&listing=${listing}`);
    expect(items).toHaveLength(1);
    const proof = await json<z.infer<typeof InclusionView>>(`/api/v1/log/proofs/inclusion?leaf=${items[0]?.hash}&size=${size}`);
    expect(await verifyInclusion({ leaf: bytes(items[0]?.hash ?? ""), index: proof.seq, size, proof: proof.proof.map(bytes), root })).toBe(true);
    expect(await json(`/api/v1/log/proofs/inclusion?seq=${proof.seq}&size=${size}`)).toEqual(proof);
    const grown = await json<z.infer<typeof ConsistencyView>>(`/api/v1/log/proofs/consistency?from=${older.size}&to=${size}`);
    expect(await verifyConsistency({ from: older.size, to: size, proof: grown.proof.map(bytes), fromRoot: older.root, toRoot: root })).toBe(true);
    const inner = await json<z.infer<typeof ConsistencyView>>(`/api/v1/log/proofs/consistency?from=1&to=${size}`);
    expect(await verifyConsistency({ from: 1, to: size, proof: inner.proof.map(bytes), fromRoot: bytes(inner.fromRoot), toRoot: root })).toBe(true);
  });
});

test("entries come newest first, a page at a time", async () => {
  const { size } = await checkpoint();
  const seen: number[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: { items: RecordEntryView[]; nextCursor: string | null } = await json(`/api/v1/log/entries?limit=3${cursor === "" ? "" : `&before=${cursor}`}`);
    seen.push(...page.items.map((item) => item.seq ?? -1));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(Array.from({ length: size }, (_, place) => size - 1 - place));
});

test("the version's ladder names its entry, and lists say so", async () => {
  const version = await json<{ ladder: { rung: string; state: string; evidence: { label: string; value: string }[]; command: string }[] }>(`/api/v1/listings/${listing}/versions/1.0.0`);
  const rung = version.ladder.find((one) => one.rung === "record");
  expect(rung).toMatchObject({ state: "proven", command: expect.stringContaining("/api/v1/log/proofs/inclusion?seq=") as unknown });
  const seq = Number(rung?.evidence.find((one) => one.label === "Entry")?.value);
  const { items } = await json<{ items: RecordEntryView[] }>(`/api/v1/log/entries?type=version-published&listing=${listing}`);
  expect(items[0]?.seq).toBe(seq);
  const listings = await json<{ items: { id: string; ladder: { rung: string; state: string }[] }[] }>(`/api/v1/listings?q=${listing}`);
  expect(listings.items.find((item) => item.id === listing)?.ladder.find((one) => one.rung === "record")?.state).toBe("proven");
});

describe("addresses", () => {
  test("say how long they may be kept, are for every origin, and carry the policy of data", async () => {
    const { size } = await checkpoint();
    for (const [path, cache, type] of [["/log/checkpoint", "public, max-age=5", "text/plain; charset=utf-8"], [`/log/tile/0/000.p/${size}`, "public, max-age=31536000, immutable", "application/octet-stream"], [`/log/tile/entries/000.p/${size}`, "public, max-age=31536000, immutable", "application/octet-stream"], ["/log/key", "public, max-age=300", "text/plain; charset=utf-8"]] as const) {
      const response = await server.request(path);
      await response.arrayBuffer();
      expect([response.status, response.headers.get("cache-control"), response.headers.get("content-type"), response.headers.get("access-control-allow-origin")], path).toEqual([200, cache, type, "*"]);
      expect(response.headers.get("content-security-policy"), path).toContain("default-src 'none'");
    }
  });

  test("answer 404 for what no checkpoint covers, 400 for what makes no sense, and never 500", async () => {
    const { size } = await checkpoint();
    const status = async (path: string) => {
      const response = await server.request(path);
      await response.arrayBuffer();
      return response.status;
    };
    for (const path of [`/log/tile/0/000.p/${size + 1}`, "/log/tile/0/000", "/log/tile/0/001", "/log/tile/9/000", "/log/tile/0/..%2f000", "/log/tile/0/000.p/0", "/log/tile/entries/x/y/z", `/api/v1/log/proofs/inclusion?leaf=${"0".repeat(64)}`, `/api/v1/log/proofs/inclusion?seq=${size}`, `/api/v1/log/proofs/inclusion?seq=0&size=${size + 1}`, `/api/v1/log/proofs/inclusion?seq=${size - 1}&size=${size - 1}`, `/api/v1/log/proofs/consistency?from=0&to=${size + 1}`, "/api/v1/log/proofs/consistency?from=3&to=2"]) expect(await status(path), path).toBe(404);
    for (const path of ["/api/v1/log/proofs/inclusion", `/api/v1/log/proofs/inclusion?seq=0&leaf=${"0".repeat(64)}`, "/api/v1/log/proofs/inclusion?seq=-1", "/api/v1/log/proofs/inclusion?seq=1e99", "/api/v1/log/proofs/inclusion?leaf=xyz", "/api/v1/log/proofs/consistency", "/api/v1/log/entries?type=nothing", "/api/v1/log/entries?limit=0", "/api/v1/log/entries?before=x"]) expect(await status(path), path).toBe(400);
  });

  test("the registry names its log and its key", async () => {
    const registry = await json<{ log: string; keys: { format: string; verifier?: string }[] }>("/.well-known/kos-registry.json");
    expect(registry.log).toBe(`${server.url}/log`);
    expect(registry.keys.find((key) => key.format === "note")?.verifier).toBe((await (await server.request("/log/key")).text()).trim());
  });

  test("the page lists the entries", async () => {
    const text = await (await server.request("/log")).text();
    expect(text).toContain("Version 1.0.0 published, signed by the registry");
    expect(text).toContain(listing);
    expect((await server.request("/log?before=1")).status).toBe(200);
    expect((await server.request("/log?before=%00&listing=%00")).status).toBe(200);
  });
});

test("a worker killed while leaves come leaves none out and none twice", { timeout: 120_000 }, async () => {
  const owner = await makePerson(server.deps);
  const worker = await server.startWorker();
  let killed: Promise<void> | null = null;
  for (let made = 0; made < 60; made++) {
    await makePublisher(server.deps, owner);
    if (made === 30) killed = stopProcess(worker, "SIGKILL");
  }
  await killed;
  const leaves = await server.deps.db.logLeaf.count();
  await waitFor("the record to cover every leaf", async () => ((await checkpoint()).size === leaves ? true : undefined));
  const { verifyRecord } = await import("#lib/transparency/index.ts");
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, leaves, waiting: 0, faults: [] });
});
