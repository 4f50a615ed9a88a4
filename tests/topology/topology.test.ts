import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { underLoad, type LoadKind } from "#tests/support/load.ts";
import { packPlugin, serviceManifest } from "#tests/support/packages.ts";
import { publishForm, sendPublish } from "#tests/support/publish-form.ts";
import { startTopology, type Topology } from "#tests/support/start-topology.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let topology: Topology;
let owner: Principal;
let token: string;
let review: string;
let id: string;
let bytes: Uint8Array;

const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");

interface FeedEntry {
  checksum: string;
}

beforeAll(async () => {
  topology = await startTopology();
  owner = await makePerson(topology.deps);
  token = await makeToken(topology.deps, owner, ["publish", "read", "yank"]);
  review = await makeToken(topology.deps, await makePerson(topology.deps, ["reviewer"]), ["read", "review:decide"]);
  id = uniqueName("whole-way");
  bytes = await packPlugin({ id });
  await publishAndApprove(await makePublisher(topology.deps, owner), bytes);
  for (const web of topology.webs) await waitFor(`${web.name} shows ${id}`, () => entryAt(web.url));
}, 180_000);
afterAll(() => topology?.stop());

async function publishAndApprove(publisher: string, upload: Uint8Array): Promise<void> {
  const published = await sendPublish(topology, token, { publisher, package: upload });
  expect(published.status, await published.clone().text()).toBe(202);
  const { submission } = (await published.json()) as { submission: { id: string } };
  const read = async () => (await (await topology.request(`/api/v1/submissions/${submission.id}`, { headers: { authorization: `Bearer ${token}` } })).json()) as { state: string; stateVersion: number };
  const { stateVersion } = await waitFor("the checks", async () => {
    const current = await read();
    return current.state === "in_review" ? current : undefined;
  });
  const decided = await topology.request(`/api/v1/submissions/${submission.id}/decisions`, { method: "POST", headers: { authorization: `Bearer ${review}`, "content-type": "application/json" }, body: JSON.stringify({ decision: "approve", reason: "Read it.", stateVersion }) });
  expect(decided.status, await decided.text()).toBe(201);
  await waitFor("publishing", async () => ((await read()).state === "published" ? true : undefined));
}

/** The entry as a web process answers it now, past the proxy. */
async function entryAt(url: string | null): Promise<FeedEntry | undefined> {
  return ((await (await fetch(`${url}/api/feed.json`)).json()) as Record<string, FeedEntry | undefined>)[id];
}

describe("two web processes, a worker, Postgres, S3 and nginx", () => {
  test("a publish through the proxy is in the feed of both, and its download carries exactly its bytes", async () => {
    for (const web of topology.webs) expect((await entryAt(web.url))?.checksum).toBe(`sha256:${sha256(bytes)}`);
    const redirect = await topology.request(`/api/service/${id}/download`);
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get("location") ?? "";
    expect(new URL(location).origin).toBe(topology.storeUrl);
    const object = await fetch(location, { headers: { origin: topology.url } });
    expect(object.status).toBe(200);
    expect(object.headers.get("access-control-allow-origin")).toBe("*");
    expect(object.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(sha256(new Uint8Array(await object.arrayBuffer()))).toBe(sha256(bytes));
    const part = await fetch(location, { headers: { range: "bytes=0-9" } });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, Buffer.from(bytes.slice(0, 10))]);
  });

  test("the store's public side answers signed addresses only", async () => {
    const location = new URL((await topology.request(`/api/service/${id}/download`)).headers.get("location") ?? "");
    const bucket = `${topology.storeUrl}/${topology.environment["S3_BUCKET"]}`;
    const unsigned = new URL(location.pathname, location.origin);
    const altered = location.href.replace(/X-Amz-Signature=[0-9a-f]/, (found) => `${found.slice(0, -1)}${found.endsWith("0") ? "1" : "0"}`);
    const answers = await Promise.all([fetch(unsigned), fetch(bucket), fetch(`${topology.storeUrl}/`), fetch(altered), fetch(location, { method: "DELETE" })]);
    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403]);
    expect((await fetch(location, { method: "OPTIONS" })).headers.get("access-control-allow-methods")).toBe("GET, HEAD, PUT");
  });

  test("what a client says about its address does not get through", async () => {
    const left: string[] = [];
    // Each process counts for itself: of four requests at least two reach the same one.
    for (const n of [1, 2, 3, 4]) {
      const answer = await topology.request("/api/v1/listings?q=x", { headers: { "x-forwarded-for": `198.51.100.${n}`, cookie: "a=b" } });
      left.push(/r=(\d+)/.exec(answer.headers.get("ratelimit") ?? "")?.[1] ?? "");
    }
    expect(left).not.toContain("");
    expect(new Set(left).size).toBeGreaterThan(1);
  });

  test("only what is inside may ask for readiness and metrics", async () => {
    for (const path of ["/readyz", "/metrics"]) expect((await topology.request(path)).status).toBe(404);
    for (const web of topology.webs) expect((await fetch(`${web.url}/readyz`)).status).toBe(200);
  });
});

describe("what the proxy does not keep", () => {
  /** What each of many at once waited in the proxy, beside what the application took; a lock of its cache is looked at every half second. */
  const waitedMs = async (path: string, headers: Record<string, string>) => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => topology.request(path, { headers })));
    for (const answer of answers) await answer.arrayBuffer();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => answers[0]?.status));
    const lines = await waitFor("the proxy's log", () => {
      const found = readFileSync(topology.proxy?.accessLog ?? "", "utf8").trim().split("\n").map((line) => JSON.parse(line) as { path: string; agent: string; seconds: string | number; upstreamSeconds: string });
      const own = found.filter((line) => line.path === path && line.agent === headers["user-agent"]);
      return Promise.resolve(own.length === answers.length ? own : undefined);
    });
    return Math.max(...lines.map(({ seconds, upstreamSeconds }) => (Number(seconds) - Number(upstreamSeconds)) * 1000));
  };

  test.each([
    ["a download", () => `/api/service/${id}/download`],
    ["a page", () => `/listings/${id}`],
    ["a refusal", () => "/api/v1/listings/there-is-none"],
  ])("%s: nobody waits for another's answer", async (what, path) => {
    expect(await waitedMs(path(), { "user-agent": `at once: ${what}` })).toBeLessThan(400);
  });

  test("a HEAD of a download stays one: it would be counted otherwise", async () => {
    const answer = await topology.request(`/api/service/${id}/download`, { method: "HEAD" });
    expect([answer.status, answer.headers.get("x-cache-status")]).toEqual([302, null]);
  });
});

describe("what the proxy keeps", () => {
  const cookie = async () => await makeSessionCookie(topology.deps, owner);
  const statusOf = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await topology.request(path, { headers });
    await answer.arrayBuffer();
    return answer.headers.get("x-cache-status");
  };
  const staticFile = async () => /\/_next\/static\/[^"]+\.(?:css|js)/.exec(await (await topology.request("/")).text())?.[0] ?? "";

  test.each([
    ["kept", "the feed", () => "/api/feed.json"],
    ["kept", "the old address of the feed", () => "/.kai/updates.json"],
    ["kept", "a built file", staticFile],
    ["kept", "a public answer of the API", () => `/api/v1/listings/${id}`],
    ["kept", "the Atom feed", () => "/feed.atom"],
    ["not kept", "a page", () => "/taxonomy"],
    ["not kept", "the sign-in page", () => "/sign-in"],
    ["never looked for", "a download", () => `/api/service/${id}/download`],
    ["not kept", "a missing listing", () => `/api/v1/listings/${id}-none`],
    ["not kept", "an answer to nobody in particular", () => "/api/v1/tokens"],
    ["not kept", "health", () => "/healthz"],
  ])("%s: %s", async (kept, _what, address) => {
    const path = await address();
    expect(path).not.toBe("");
    await statusOf(path);
    expect(await statusOf(path)).toBe({ kept: "HIT", "not kept": "MISS", "never looked for": null }[kept]);
  });

  test.each(["/api/feed.json", "/api/v1/listings", "/"])("%s: neither kept from nor given to whoever carries a cookie or a token", async (path) => {
    const own: Record<string, string>[] = [{ cookie: await cookie() }, { authorization: `Bearer ${token}` }];
    for (const headers of own) {
      const address = `${path}?for=${uniqueName("one")}`;
      expect(await statusOf(address, headers)).toBe("BYPASS");
      // What was just answered was not kept for the next one.
      expect(await statusOf(address)).toBe("MISS");
      expect(await statusOf(address, headers)).toBe("BYPASS");
    }
  });

  test("a built file reaches everybody alike, because no cookie reaches the application", async () => {
    const path = await staticFile();
    await statusOf(path);
    expect(await statusOf(path, { cookie: await cookie() })).toBe("HIT");
  });

  test("a conditional poll is answered from what was kept, in each form that was asked for", async () => {
    for (const encoding of ["gzip", "br", "identity"]) {
      const full = await topology.request("/api/feed.json", { headers: { "accept-encoding": encoding } });
      await full.arrayBuffer();
      expect(full.headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
      const again = await topology.request("/api/feed.json", { headers: { "accept-encoding": encoding, "if-none-match": full.headers.get("etag") ?? "" } });
      expect([again.status, again.headers.get("x-cache-status")]).toEqual([304, "HIT"]);
    }
  });

  test("a kept answer tells nobody another's request id and limits", async () => {
    const path = `/api/v1/listings?for=${uniqueName("two")}`;
    const [first, second] = [await topology.request(path), await topology.request(path)];
    expect([first.headers.get("x-request-id"), first.headers.get("ratelimit")]).not.toContain(null);
    expect([second.headers.get("x-cache-status"), second.headers.get("x-request-id"), second.headers.get("ratelimit")]).toEqual(["HIT", null, null]);
  });
});

const expectStatus = (status: number, wanted: number, body: string) => {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${body.slice(0, 300)}`);
};

/** Reads with a cookie, so that the proxy asks a web process each time. */
const read = (name: string, path: () => string, wanted: number, loops: number, pauseMs: number): LoadKind => ({
  name,
  loops,
  pauseMs,
  send: async (client) => {
    const answer = await client.ask(`${topology.url}${path()}`, { headers: { cookie: "past=the-cache" } });
    expectStatus(answer.status, wanted, answer.body);
  },
});

describe("a web process that is killed", () => {
  test("costs no read: the proxy asks the other one", async () => {
    const [killed] = topology.webs;
    const report = await underLoad([read("poll", () => "/api/feed.json", 200, 4, 4), read("page", () => `/listings/${id}`, 200, 2, 30), read("download", () => `/api/service/${id}/download`, 302, 2, 10)], async () => {
      await killed?.kill();
      await killed?.start();
    });
    process.stderr.write(`killed: ${report.failures.length} of ${report.total} reads failed\n`);
    expect(report.failures).toEqual([]);
    expect(report.total).toBeGreaterThan(100);
  }, 60_000);
});

describe("a rolling restart", () => {
  test("loses no poll, no page, no download, no answer of the API and no publish", async () => {
    const publishers = await Promise.all(Array.from({ length: 12 }, () => makePublisher(topology.deps, owner)));
    const accepted: string[] = [];
    const publish: LoadKind = {
      name: "publish",
      loops: 2,
      pauseMs: 150,
      send: async (client, n) => {
        const listing = uniqueName("rolling");
        const form = new Response(publishForm({ publisher: publishers[(n * 2 + client.index) % publishers.length], manifest: serviceManifest(listing) }));
        const answer = await client.ask(`${topology.url}/api/v1/publish`, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": form.headers.get("content-type") ?? "" }, body: Buffer.from(await form.arrayBuffer()) });
        if (answer.status === 429) return;
        expectStatus(answer.status, 202, answer.body);
        accepted.push(listing);
      },
    };
    const kinds = [read("poll", () => "/api/feed.json", 200, 4, 4), read("page", () => "/", 200, 2, 60), read("listing page", () => `/listings/${id}`, 200, 1, 60), read("api", () => `/api/v1/listings/${id}`, 200, 2, 60), read("download", () => `/api/service/${id}/download`, 302, 2, 10), publish];
    const pids = topology.webs.map((web) => web.pid());
    const report = await underLoad(kinds, async () => {
      for (const web of topology.webs) {
        await web.stop();
        await web.start();
      }
    });
    process.stderr.write(`rolling restart: ${report.failures.length} of ${report.total} requests failed (${Object.entries(report.byKind).map(([name, count]) => `${count} × ${name}`).join(", ")}; ${accepted.length} publishes accepted)\n${[...new Set(report.failures)].slice(0, 20).join("\n")}`);
    expect(report.failures).toEqual([]);
    expect(topology.webs.every((web, index) => web.pid() !== pids[index])).toBe(true);
    for (const [name, count] of Object.entries(report.byKind)) expect(count, name).toBeGreaterThan(10);
    expect(accepted.length).toBeGreaterThan(10);
    // Each of them once: nothing was sent twice.
    expect(await topology.deps.db.submission.count({ where: { listingSlug: { in: accepted } } })).toBe(accepted.length);
  }, 120_000);

  test("the proxy's own log shows no answer above 499", () => {
    const lines = readFileSync(topology.proxy?.accessLog ?? "", "utf8").trim().split("\n").map((line) => JSON.parse(line) as { status: number; path: string; upstreamStatus: string });
    expect(lines.filter(({ status }) => status >= 500)).toEqual([]);
    expect(lines.length).toBeGreaterThan(1_000);
  });
});
