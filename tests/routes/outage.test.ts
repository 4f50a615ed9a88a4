import type { Principal } from "#lib/accounts/index.ts";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { openLink, type BreakableLink } from "#tests/support/breakable-link.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { readProblem, sendPublish } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { buildSnapshot } from "#lib/feed/index.ts";

let link: BreakableLink;
let server: TestServer;
let token: string;
let cookie: string;
let publisher: string;
let id: string;
let owner: Principal;

beforeAll(async () => {
  const database = new URL(inject("databaseServer"));
  link = await openLink({ host: database.hostname, port: Number(database.port) });
  server = await startTestServer({ worker: false, link });
  owner = await makePerson(server.deps);
  token = await makeToken(server.deps, owner, ["publish", "read"]);
  cookie = await makeSessionCookie(server.deps, owner);
  publisher = await makePublisher(server.deps, owner);
  id = uniqueName("steady");
  await publishService(server.deps, { principal: owner, publisher }, id, "1.0.0");
  await buildSnapshot(server.deps);
  await waitFor("the feed", async () => (JSON.stringify(await (await server.request("/api/feed.json")).json()).includes(id) ? true : undefined));
  for (const address of warm()) expect((await server.request(address)).status, address).toBe(200);
  expect((await download()).status).toBe(302);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await link.close();
});

const warm = () => ["/", `/listings/${id}`, `/publishers/${publisher}`, `/api/v1/listings/${id}`, "/search?q=steady"];
const download = () => server.request(`/api/service/${id}/download`);
const sequence = async () => ((await (await server.request("/readyz")).json()) as { feed: { sequence: number } }).feed.sequence;
const ready = async () => (await server.request("/readyz")).status;
const whenReady = (status: number) => waitFor(`/readyz to answer ${status}`, async () => ((await ready()) === status ? true : undefined));
const publish = (name: string) => sendPublish(server, token, { publisher, manifest: Buffer.from(serviceManifest(name, "1.0.0")), fileName: `${name}.yaml` });

/** What must hold while the database is away, however it went. */
async function expectReadsOnly(): Promise<void> {
  const feed = await server.request("/api/feed.json");
  expect([feed.status, (await feed.text()).includes(id)]).toEqual([200, true]);
  expect((await download()).status).toBe(302);
  for (const address of warm()) {
    const answer = await server.request(address);
    expect([address, answer.status, answer.headers.get("cache-status")?.startsWith("kos; hit")]).toEqual([address, 200, true]);
  }
  const page = await server.request("/listings/never-read-before");
  expect([page.status, page.headers.get("retry-after"), (await page.text()).includes("Back shortly")]).toEqual([503, "5", true]);
  expect((await readProblem(await server.request("/api/v1/listings/never-read-before"))).code).toBe("unavailable");
  expect((await server.request("/submissions", { headers: { cookie } })).status).toBe(503);
  const refused = await publish(uniqueName("refused"));
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
}

describe("with the database away", () => {
  test("reads go on, changes are refused with when to come again, and everything is back by itself", async () => {
    const before = await server.deps.db.submission.count();
    await link.cut();
    await whenReady(503);
    await expectReadsOnly();
    await link.mend();
    await whenReady(200);
    expect(await server.deps.db.submission.count()).toBe(before);
    expect((await publish(uniqueName("accepted"))).status).toBe(202);
    expect((await server.request("/listings/never-read-before")).status).toBe(404);
  });

  test("what was taken down or is gone does not come back from memory", async () => {
    const [removed, hidden] = [uniqueName("removed"), uniqueName("hidden")];
    for (const name of [removed, hidden]) await publishService(server.deps, { principal: owner, publisher }, name, "1.0.0");
    const pages = [`/listings/${removed}`, `/api/v1/listings/${removed}`, `/search?q=${removed}`, `/api/v1/listings/${hidden}`];
    for (const page of pages) expect((await server.request(page)).status, page).toBe(200);
    expect((await server.request(`/api/service/${removed}/download`)).status).toBe(302);
    await server.deps.db.listing.update({ where: { slug: hidden }, data: { slug: uniqueName("renamed") } });
    expect((await server.request(`/api/v1/listings/${hidden}`)).status).toBe(404);
    await server.deps.db.listing.update({ where: { slug: removed }, data: { moderation: "removed" } });
    const before = await sequence();
    await buildSnapshot(server.deps);
    await waitFor("the feed without it", async () => ((await sequence()) > before ? true : undefined));
    await link.cut();
    await whenReady(503);
    const seen = await Promise.all(pages.map(async (page) => [page, (await server.request(page)).status]));
    await waitFor("the download to be refused", async () => ((await server.request(`/api/service/${removed}/download`)).status === 451 ? true : undefined));
    await link.mend();
    await whenReady(200);
    expect(seen).toEqual(pages.map((page) => [page, 503]));
    // What the other tests read again.
    for (const address of warm()) expect((await server.request(address)).status, address).toBe(200);
  });

  test("a server that hangs is no different from one that is gone", async () => {
    link.hang();
    await whenReady(503);
    await expectReadsOnly();
    await link.mend();
    await whenReady(200);
    expect((await publish(uniqueName("accepted"))).status).toBe(202);
  });

  test("a web process that starts meanwhile answers polls from what this machine kept", async () => {
    const bytes = await (await server.request("/api/feed.json")).text();
    await link.cut();
    const another = await server.startAnotherWeb();
    const poll = await fetch(`${another}/api/feed.json`);
    expect([poll.status, await poll.text()]).toEqual([200, bytes]);
    await link.mend();
    await waitFor("the second process to be ready", async () => ((await fetch(`${another}/readyz`)).status === 200 ? true : undefined));
    expect((await fetch(`${another}/api/v1/listings/${id}`)).status).toBe(200);
  });
});
