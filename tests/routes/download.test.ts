import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { yankVersion } from "#lib/publishing/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { readProblem } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let server: TestServer;
let owner: Principal;
let publisher: string;
let id: string;
let bytes: Uint8Array;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  owner = await makePerson(server.deps);
  publisher = await makePublisher(server.deps, owner);
  id = uniqueName("fetched");
  await publishService(server.deps, { principal: owner, publisher }, id, "1.0.0");
  bytes = (await publishService(server.deps, { principal: owner, publisher }, id, "1.1.0")).bytes;
}, 120_000);
afterAll(() => server.stop());

const download = (listing: string, version?: string, method = "GET") => server.request(`/api/service/${listing}/download${version === undefined ? "" : `?version=${version}`}`, { method });
const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
const location = async () => (await download(id, "1.1.0")).headers.get("location") ?? "";

describe("a download", () => {
  test("is a redirect to exactly the uploaded bytes", async () => {
    for (const version of [undefined, "1.1.0"]) {
      const redirect = await download(id, version);
      expect([redirect.status, redirect.headers.get("cache-control")]).toEqual([302, "no-store"]);
      const object = await server.request(redirect.headers.get("location") ?? "");
      expect(object.status).toBe(200);
      expect(object.headers.get("content-disposition")).toContain("attachment");
      expect(object.headers.get("content-disposition")).toContain(`${id}-1.1.0.yaml`);
      expect(object.headers.get("x-content-type-options")).toBe("nosniff");
      expect(sha256(new Uint8Array(await object.arrayBuffer()))).toBe(sha256(bytes));
    }
  });

  test("answers HEAD alike and does not count it", async () => {
    const head = await download(id, "1.1.0", "HEAD");
    expect(head.status).toBe(302);
    const object = await server.request(head.headers.get("location") ?? "", { method: "HEAD" });
    expect([object.status, object.headers.get("content-length"), (await object.arrayBuffer()).byteLength]).toEqual([200, String(bytes.length), 0]);
  });

  test("is counted, in batches", async () => {
    const other = uniqueName("counted");
    const { submissionId } = await publishService(server.deps, { principal: owner, publisher }, other);
    await Promise.all(Array.from({ length: 25 }, () => download(other)));
    await Promise.all(Array.from({ length: 5 }, () => download(other, undefined, "HEAD")));
    const count = await waitFor("the count", async () => (await server.deps.db.downloadDay.findFirst({ where: { count: { gte: 25 }, versionId: (await server.deps.db.version.findFirstOrThrow({ where: { submissionId } })).id } })) ?? undefined);
    expect(count.count).toBe(25);
  });

  test.each([
    ["nothing-of-this-name", undefined, 404],
    ["fetched", "9.9.9", 404],
    ["fetched", "", 404],
    ["fetched", "v1.1.0", 404],
    ["fetched", "1.1.0%00", 404],
    ["fetched", "' OR 1=1", 404],
  ] as const)("of %s version %s is refused with %s", async (listing, version, status) => {
    const problem = await readProblem(await download(listing === "fetched" ? id : listing, version));
    expect([problem.status, problem.code]).toEqual([status, "not-found"]);
  });
});

test("asking for an empty version does not spoil the next plain download", async () => {
  expect((await download(id, "")).status).toBe(404);
  expect((await download(id)).status).toBe(302);
});

describe("ranges of the object", () => {
  test.each([
    ["bytes=0-9", 206, [0, 9]],
    ["bytes=10-", 206, [10, undefined]],
    ["bytes=-5", 206, [-5, undefined]],
    ["bytes=0-999999", 206, [0, undefined]],
    ["bytes=999999-", 416, null],
    ["lines=1-2", 200, [0, undefined]],
  ] as const)("%s", async (range, status, part) => {
    const answer = await server.request(await location(), { headers: { range } });
    expect(answer.status).toBe(status);
    if (part === null) return;
    const [start, end] = part;
    const expected = start < 0 ? bytes.slice(start) : bytes.slice(start, end === undefined ? undefined : end + 1);
    const got = new Uint8Array(await answer.arrayBuffer());
    expect(Buffer.from(got).equals(Buffer.from(expected))).toBe(true);
    if (status === 206) expect(answer.headers.get("content-range")).toBe(`bytes ${bytes.length - (start < 0 ? -start : bytes.length - start)}-${bytes.length - (start < 0 ? -start : bytes.length - start) + expected.length - 1}/${bytes.length}`);
  });
});

describe("a link to the bytes", () => {
  test("that was altered anywhere is refused", async () => {
    const link = new URL(await location(), server.url);
    const variants = [...link.searchParams.keys()].map((name) => {
      const altered = new URL(link);
      const value = altered.searchParams.get(name) ?? "";
      altered.searchParams.set(name, /^\d+$/.test(value) ? String(Number(value) + 1000) : `${value.slice(0, -1)}${value.endsWith("A") ? "B" : "A"}`);
      return altered;
    });
    const otherObject = new URL(link);
    otherObject.pathname = otherObject.pathname.replace(/[0-9a-f]{64}$/, "0".repeat(64));
    expect(variants.length).toBeGreaterThan(1);
    for (const altered of [...variants, otherObject]) expect((await server.request(altered.href)).status, altered.href).toBe(403);
    expect((await server.request(link.href, { method: "PUT", body: "x" })).status).toBe(403);
  });

  test("without a signature is refused", async () => {
    const link = new URL(await location(), server.url);
    expect((await server.request(link.pathname)).status).toBe(403);
  });

  test("that has expired is refused", async () => {
    const object = await server.deps.db.version.findFirstOrThrow({ where: { version: "1.1.0", listing: { slug: id } }, include: { artifact: true } });
    const link = await server.deps.store.presignGet(object.artifact.key, { expiresInSeconds: 1, fileName: "x", contentType: "application/yaml" });
    const refused = await waitFor("the link's end", async () => {
      const answer = await server.request(link);
      return answer.status === 200 ? undefined : answer;
    });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, "url-expired"]);
  });
});

describe("yanked and taken down", () => {
  test("latest skips a yanked version, naming it resolves; with none left latest is gone", async () => {
    const other = uniqueName("pulled");
    const versions: Record<string, Uint8Array> = {};
    for (const version of ["1.0.0", "1.1.0"]) versions[version] = (await publishService(server.deps, { principal: owner, publisher }, other, version)).bytes;
    const latest = async () => {
      const redirect = await download(other);
      if (redirect.status !== 302) return redirect.status;
      return sha256(new Uint8Array(await (await server.request(redirect.headers.get("location") ?? "")).arrayBuffer()));
    };
    expect(await latest()).toBe(sha256(versions["1.1.0"] ?? bytes));
    await yankVersion(server.deps, { principal: owner, id: other, version: "1.1.0", reason: "Wrong tide." });
    await waitFor("latest to step back", async () => ((await latest()) === sha256(versions["1.0.0"] ?? bytes) ? true : undefined));
    expect((await download(other, "1.1.0")).status).toBe(302);
    await yankVersion(server.deps, { principal: owner, id: other, version: "1.0.0", reason: "Wrong again." });
    await waitFor("latest to end", async () => ((await latest()) === 410 ? true : undefined));
    expect((await download(other, "1.0.0")).status).toBe(302);
  });

  test.each([
    ["quarantined", { moderation: "quarantined", moderationReason: "It phones home." }, 451, "taken-down"],
    ["removed", { moderation: "removed", moderationReason: "Court order." }, 410, "gone"],
  ])("a listing that is %s gives no bytes, not even by exact version", async (_state, data, status, code) => {
    const other = uniqueName("barred");
    await publishService(server.deps, { principal: owner, publisher }, other);
    await server.deps.db.listing.update({ where: { slug: other }, data });
    for (const version of [undefined, "1.0.0"]) expect(await readProblem(await download(other, version))).toMatchObject({ status, code, detail: expect.stringContaining(data.moderationReason) });
  });

  test("a suspended publisher's listings give no bytes", async () => {
    const slug = await makePublisher(server.deps, owner);
    const other = uniqueName("suspended");
    await publishService(server.deps, { principal: owner, publisher: slug }, other);
    await server.deps.db.publisher.update({ where: { slug }, data: { suspendedAt: new Date() } });
    expect((await download(other)).status).toBe(451);
    const found = (await (await server.request(`/api/v1/listings?q=${other}`)).json()) as { items: { id: string }[] };
    expect(found.items.map((item) => item.id)).not.toContain(other);
  });
});
