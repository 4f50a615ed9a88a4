import { afterAll, beforeAll, expect, test } from "vitest";
import { makePerson, makePublisher, makeSessionCookie, uniqueName } from "#tests/support/accounts.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { approveAndPublish, publishService, submitBytes } from "#tests/support/submissions.ts";
import { runChecks } from "#lib/publishing/index.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const PROMISED_SECONDS = 10;
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';

let server: TestServer;
let another: string;
let publisher: string;
let plugin: string;
let service: string;
let operator: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  another = await server.startAnotherWeb();
  const { deps } = server;
  const owner = await makePerson(deps);
  publisher = await makePublisher(deps, owner);
  plugin = uniqueName("lamp");
  service = uniqueName("tide");
  const manifest = [`id: ${plugin}`, "name: Harbour Lamp", "description: Shows a lamp.", "entrypoint: main.ts", "version: 1.0.0", "permissions:", "  - log_output", "trust_level: unverified", "license: Apache-2.0", "ui:", "  icon: icon.svg", ""];
  const { id: submissionId } = await submitBytes(deps, { principal: owner, publisher }, "package", await packPlugin({ id: plugin, files: { "plugin.yaml": manifest.join("\n"), "icon.svg": ICON } }));
  await runChecks(deps, { submissionId });
  await approveAndPublish(deps, submissionId);
  await publishService(deps, { principal: owner, publisher }, service);
  await server.startWorker();
  operator = { cookie: await makeSessionCookie(deps, await makePerson(deps, ["administrator"])), origin: server.url, "content-type": "application/json" };
}, 180_000);
afterAll(() => server.stop());

/** Everything that could still show a publisher: an address, and whether its answer gives out what is the publisher's. */
interface Representation {
  name: string;
  path: string;
  shows: (response: Response, text: string) => boolean;
}

const answers = (response: Response) => response.status < 300;
const redirects = (response: Response) => response.status === 302;
const names = (response: Response, text: string) => answers(response) && text.includes(plugin);

async function representations(): Promise<Representation[]> {
  const link = new URL((await server.request(`/api/service/${plugin}/download`)).headers.get("location") ?? "");
  return [
    { name: "feed", path: "/api/feed.json", shows: names },
    { name: "older feed", path: "/.kai/updates.json", shows: names },
    { name: "download", path: `/api/service/${plugin}/download`, shows: redirects },
    { name: "download of a version", path: `/api/service/${plugin}/download?version=1.0.0`, shows: redirects },
    { name: "link given out before", path: link.pathname + link.search, shows: answers },
    { name: "listing (API)", path: `/api/v1/listings/${plugin}`, shows: (_response, text) => (JSON.parse(text) as { state: string }).state !== "quarantined" || text.includes('"signature"') },
    { name: "versions (API)", path: `/api/v1/listings/${plugin}/versions`, shows: answers },
    { name: "version (API)", path: `/api/v1/listings/${plugin}/versions/1.0.0`, shows: answers },
    { name: "differences (API)", path: `/api/v1/listings/${plugin}/versions/1.0.0...1.0.0`, shows: answers },
    { name: "dependencies (API)", path: `/api/v1/listings/${plugin}/dependencies`, shows: answers },
    { name: "signature", path: `/api/v1/listings/${plugin}/versions/1.0.0/signature.asc`, shows: answers },
    { name: "icon", path: `/api/v1/listings/${plugin}/icon`, shows: answers },
    { name: "list (API)", path: `/api/v1/listings?publisher=${publisher}`, shows: names },
    { name: "search (API)", path: `/api/v1/listings?q=${plugin}`, shows: names },
    { name: "publisher (API)", path: `/api/v1/publishers/${publisher}`, shows: names },
    { name: "home page", path: "/", shows: names },
    { name: "search page", path: `/search?q=${plugin}`, shows: (response, text) => answers(response) && text.includes(`/listings/${plugin}"`) },
    { name: "listing page", path: `/listings/${plugin}`, shows: (response, text) => answers(response) && !text.includes("its publisher is suspended") },
    { name: "versions on the listing page", path: `/listings/${plugin}?tab=versions`, shows: (response, text) => answers(response) && !text.includes("its publisher is suspended") },
    { name: "publisher page", path: `/publishers/${publisher}`, shows: names },
    { name: "site map", path: "/sitemap.xml", shows: names },
    { name: "Atom of everything", path: "/feed.atom", shows: names },
    { name: "Atom of the listing", path: `/listings/${plugin}/feed.atom`, shows: answers },
  ];
}

async function ask(origin: string, { path, shows }: Representation): Promise<boolean> {
  const response = await fetch(new URL(path, origin), { redirect: "manual", headers: { "x-forwarded-for": "203.0.113.9" } });
  const text = await response.text();
  expect(response.status, path).toBeLessThan(500);
  return shows(response, text);
}

/** Seconds from now until each representation of each process shows, or shows no more. */
async function secondsUntil(shown: boolean, all: Representation[]): Promise<Record<string, number>> {
  const began = performance.now();
  const seconds: Record<string, number> = {};
  const every = [server.url, another].flatMap((origin, place) => all.map((one) => ({ origin, one, name: `${one.name}${place === 0 ? "" : ", second process"}` })));
  await waitFor(
    "every representation to agree",
    async () => {
      for (const { origin, one, name } of every) if (seconds[name] === undefined && (await ask(origin, one)) === shown) seconds[name] = Math.round((performance.now() - began) / 10) / 100;
      return Object.keys(seconds).length === every.length ? true : undefined;
    },
    30,
  ).catch((error: unknown) => {
    throw new Error(`still waiting for ${every.map(({ name }) => name).filter((name) => seconds[name] === undefined).join("; ")}`, { cause: error });
  });
  return seconds;
}

function print(title: string, seconds: Record<string, number>): void {
  const lines = Object.entries(seconds).map(([name, value]) => `${value.toFixed(2).padStart(6)} s  ${name}`);
  process.stdout.write(`${title}\n${lines.join("\n")}\n`);
}

const change = (verb: string) => server.request(`/api/v1/admin/publishers/${publisher}/${verb}`, { method: "POST", headers: operator, body: JSON.stringify({ reason: "It publishes malware." }) });

test("a suspended publisher is out of every representation of both processes within ten seconds, and back within ten after", async () => {
  const all = await representations();
  await secondsUntil(true, all);
  // Once more, so that whatever is remembered for seconds was made just now.
  await secondsUntil(true, all);
  expect((await change("suspend")).status).toBe(200);
  const gone = await secondsUntil(false, all);
  print("Seconds until a suspended publisher is gone", gone);
  expect(Math.max(...Object.values(gone))).toBeLessThanOrEqual(PROMISED_SECONDS);
  const problem = (await (await server.request(`/api/v1/listings/${plugin}/versions/1.0.0`)).json()) as { code: string; detail: string };
  expect(problem).toMatchObject({ code: "taken-down", detail: expect.stringContaining("its publisher is suspended") as string });
  expect((await change("suspend")).status).toBe(409);
  const leaf = await server.deps.db.logLeaf.findFirstOrThrow({ where: { type: "publisher-suspended" } });
  expect(Buffer.from(leaf.body).toString()).toContain("It publishes malware.");

  expect((await change("restore")).status).toBe(200);
  const back = await secondsUntil(true, all);
  print("Seconds until a restored publisher is back", back);
  expect(Math.max(...Object.values(back))).toBeLessThanOrEqual(PROMISED_SECONDS);
  expect(await server.deps.db.logLeaf.count({ where: { type: "publisher-restored" } })).toBe(1);
});

test("a suspended account is refused by every door at once", async () => {
  const { deps } = server;
  const person = await makePerson(deps, ["reviewer"]);
  const cookie = await makeSessionCookie(deps, person);
  const { token, ...list } = (await (await server.request("/api/v1/tokens", { method: "POST", headers: { cookie, origin: server.url, "content-type": "application/json" }, body: JSON.stringify({ name: "t", scopes: ["read"] }) })).json()) as { token: string };
  expect(list).toBeDefined();
  const doors = async () => [(await server.request("/api/v1/submissions", { headers: { cookie } })).status, (await server.request("/api/v1/submissions", { headers: { authorization: `Bearer ${token}` } })).status, (await server.request("/submissions", { headers: { cookie } })).status];
  expect(await doors()).toEqual([200, 200, 200]);
  const act = (verb: string) => server.request(`/api/v1/admin/users/${person.userId}/${verb}`, { method: "POST", headers: operator, body: JSON.stringify({ reason: "It shares its token." }) });
  expect((await act("suspend")).status).toBe(200);
  expect(await doors()).toEqual([401, 401, 307]);
  expect((await act("restore")).status).toBe(200);
  expect((await doors())[1]).toBe(200);
  expect(await deps.db.mail.count({ where: { to: person.email, event: { in: ["account.suspended", "account.restored"] } } })).toBe(2);
});

test("what an administrator announces is on the pages of every reader within ten seconds, and gone as fast", async () => {
  const said = `Moving on Sunday ${uniqueName("move")}`;
  const seen = async (origin: string) => (await (await fetch(new URL("/taxonomy", origin), { headers: { "x-forwarded-for": "203.0.113.9" } })).text()).includes(said);
  await Promise.all([seen(server.url), seen(another)]);
  const made = await server.request("/api/v1/admin/announcements", { method: "POST", headers: operator, body: JSON.stringify({ text: said, tone: "warning" }) });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  for (const origin of [server.url, another]) await waitFor("the announcement", async () => ((await seen(origin)) ? true : undefined), PROMISED_SECONDS);
  expect((await server.request(`/api/v1/admin/announcements/${id}/end`, { method: "POST", headers: operator, body: JSON.stringify({ reason: "It is over." }) })).status).toBe(200);
  for (const origin of [server.url, another]) await waitFor("its end", async () => ((await seen(origin)) ? undefined : true), PROMISED_SECONDS);
});

test("seeing the site as a lesser role takes rights and gives none, and leads back", async () => {
  const { deps } = server;
  const administrator = await makePerson(deps, ["administrator"]);
  const headers = { cookie: await makeSessionCookie(deps, administrator), origin: server.url, "content-type": "application/json" };
  const view = (role: string | null) => server.request("/api/v1/session/view-as", { method: "POST", headers, body: JSON.stringify({ role }) });
  const status = async (path: string) => (await server.request(path, { headers: { cookie: headers.cookie } })).status;
  const claim = async () => (await server.request("/api/v1/submissions/01900000-0000-7000-8000-000000000000/claim", { method: "POST", headers })).status;
  expect([await status("/admin"), await status("/review"), await claim()]).toEqual([200, 200, 404]);
  expect((await view("reviewer")).status).toBe(200);
  // The desk of a reviewer is shown, and nothing on it may be done: the account does not hold that role.
  expect([await status("/admin"), await status("/review"), await claim()]).toEqual([403, 200, 403]);
  expect(await (await server.request("/review", { headers: { cookie: headers.cookie } })).text()).toContain("You see the site as");
  expect((await view("member")).status).toBe(200);
  expect([await status("/admin"), await status("/review"), await status("/api/v1/admin/users")]).toEqual([403, 403, 403]);
  expect((await view(null)).status).toBe(200);
  expect(await status("/admin")).toBe(200);
  const stranger = await makeSessionCookie(deps, await makePerson(deps));
  expect((await server.request("/api/v1/session/view-as", { method: "POST", headers: { ...headers, cookie: stranger }, body: '{"role":"reviewer"}' })).status).toBe(403);
  expect(await deps.db.auditEvent.count({ where: { name: "accounts:session:view-as", actorId: administrator.userId } })).toBe(3);
});
