import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setPolicy } from "#lib/review/index.ts";
import { readSession, type Principal } from "#lib/accounts/index.ts";
import type { InstanceRole, TotpSetup } from "#lib/accounts/schema.ts";
import { makePerson, makeSessionCookie, makeToken } from "#tests/support/accounts.ts";
import { codeAt } from "#tests/support/factors.ts";
import { makeAuthenticator } from "#tests/support/software-authenticator.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ worker: false });
}, 120_000);
afterAll(() => server.stop());

interface Browser {
  person: Principal;
  send: (method: string, path: string, json?: unknown) => Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>;
}

/** Someone signed in, as their browser sends requests. */
async function browser(roles: InstanceRole[] = [], known?: Principal): Promise<Browser> {
  const person = known ?? (await makePerson(server.deps, roles));
  const cookie = await makeSessionCookie(server.deps, person);
  const send: Browser["send"] = async (method, path, json) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const response = await server.request(path, { method, headers: { cookie, origin: server.url, ...(json === undefined ? {} : { "content-type": "application/json" }) }, ...body });
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {}, headers: response.headers };
  };
  return { person, send };
}

const TOKEN = { name: "Build server", scopes: ["read"], expiresInDays: 1 };
const wrongTryMails = (person: Principal) => server.deps.db.mail.count({ where: { to: person.email, event: "factor.wrong-tries" } });

/** An authenticator app of this account, and a second browser that has proven nothing yet. */
async function withApp(): Promise<{ secret: string; later: Browser }> {
  const first = await browser();
  const { secret } = (await first.send("POST", "/api/v1/factors/totp")).body as unknown as TotpSetup;
  expect((await first.send("POST", "/api/v1/factors/totp/confirm", { code: codeAt(server.deps, secret, -1) })).status).toBe(200);
  return { secret, later: await browser([], first.person) };
}

/** Six digits that none of the app's steps around now has. */
function wrongCode(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeAt(server.deps, secret, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !right.includes(code)) ?? "666666";
}

describe("a step-up", () => {
  test("lets through what was refused: any token, and no more than that session", async () => {
    const { secret, later } = await withApp();
    expect((await later.send("POST", "/api/v1/tokens", TOKEN)).body).toMatchObject({ code: "step-up-required", status: 403 });
    expect((await later.send("POST", "/api/v1/step-up/totp", { code: ` ${codeAt(server.deps, secret).replace(/^.../, "$& ")} ` })).status).toBe(204);
    expect((await later.send("POST", "/api/v1/tokens", TOKEN)).status).toBe(201);
    const third = await browser([], later.person);
    expect((await third.send("POST", "/api/v1/tokens", TOKEN)).body).toMatchObject({ code: "step-up-required" });
    expect((await later.send("DELETE", "/api/v1/factors/totp")).body).toMatchObject({ totp: null });
  });

  test("of an owner is not blocked for good by a first factor that somebody else adds: the mail of it has a way back, behind a button", async () => {
    const owner = await browser();
    const thief = await browser([], owner.person);
    const { secret } = (await thief.send("POST", "/api/v1/factors/totp")).body as unknown as TotpSetup;
    expect((await thief.send("POST", "/api/v1/factors/totp/confirm", { code: codeAt(server.deps, secret, -1) })).status).toBe(200);
    expect((await owner.send("POST", "/api/v1/tokens", TOKEN)).body, "locked out").toMatchObject({ code: "step-up-required" });
    const { text } = await server.deps.db.mail.findFirstOrThrow({ where: { to: owner.person.email, event: "factor.first-added" } });
    const link = new URL(/https?:\S+\/settings\/security\/undo\S+/.exec(text)?.[0] ?? "");
    const press = (token: string, origin = server.url) => server.request("/api/v1/account/factors/undo", { method: "POST", headers: { origin, "content-type": "application/json" }, body: JSON.stringify({ token }) });
    const token = link.searchParams.get("token") ?? "";
    expect((await server.request(link.pathname + link.search)).status, "a visit, as mail scanners make").toBe(200);
    expect((await press(token, "https://evil.example")).status, "another site's button").toBe(403);
    expect((await owner.send("GET", "/api/v1/factors")).body["totp"], "still there").not.toBeNull();
    expect([(await press(token)).status, (await press(token)).status]).toEqual([200, 410]);
    expect((await thief.send("GET", "/api/v1/factors")).status).toBe(401);
    expect((await (await browser([], owner.person)).send("POST", "/api/v1/tokens", TOKEN)).status).toBe(201);
  });

  test("is asked for keys, members and factors too", async () => {
    const { later } = await withApp();
    const slug = (await later.send("POST", "/api/v1/publishers", { slug: `press-${later.person.userId.slice(-6)}`, name: "Press" })).body["slug"] as string;
    const revoke = await later.send("POST", `/api/v1/publishers/${slug}/keys/${"a".repeat(40)}/revoke`, { reason: "retired" });
    const member = await later.send("POST", `/api/v1/publishers/${slug}/members`, { email: "someone@example.org", role: "owner" });
    const factors = await Promise.all([later.send("POST", "/api/v1/factors/passkeys/options"), later.send("POST", "/api/v1/factors/recovery-codes"), later.send("DELETE", "/api/v1/factors/totp")]);
    for (const { body } of [revoke, member, ...factors]) expect(body).toMatchObject({ code: "step-up-required" });
  });

  test("five wrong tries spend the limit for every factor and mail the owner once; a proof in time gives them back", async () => {
    const { secret, later } = await withApp();
    const tries = (code: string) => later.send("POST", "/api/v1/step-up/totp", { code });
    for (let time = 0; time < 4; time++) expect((await tries(wrongCode(secret))).body).toMatchObject({ code: "factor-invalid", status: 422 });
    expect((await tries(codeAt(server.deps, secret))).status).toBe(204);
    expect(await wrongTryMails(later.person)).toBe(0);
    for (let time = 0; time < 4; time++) expect((await tries(wrongCode(secret))).status).toBe(422);
    expect((await later.send("POST", "/api/v1/step-up/recovery-code", { code: "0000-0000-0000-0000" })).status).toBe(422);
    const refused = await tries(codeAt(server.deps, secret, 1));
    expect([refused.status, refused.body["code"], Number(refused.headers.get("retry-after")) > 0]).toEqual([429, "rate-limited", true]);
    expect(await wrongTryMails(later.person)).toBe(1);
    const other = await browser([], later.person);
    expect((await other.send("POST", "/api/v1/step-up/totp", { code: codeAt(server.deps, secret, 1) })).status, "another session of the account").toBe(429);
  });

  test("of fifty guesses at once five are looked at", async () => {
    const { secret, later } = await withApp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => later.send("POST", "/api/v1/step-up/totp", { code: wrongCode(secret) })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 5 }, () => 422), ...Array.from({ length: 45 }, () => 429)]);
    expect(await wrongTryMails(later.person)).toBe(1);
  });

  test("is nothing that a token can do, nor a page of another site", async () => {
    const person = await makePerson(server.deps, ["administrator"]);
    const authorization = `Bearer ${await makeToken(server.deps, person, ["admin"])}`;
    for (const [method, path] of [["POST", "/api/v1/factors/totp"], ["POST", "/api/v1/factors/passkeys/options"], ["POST", "/api/v1/factors/recovery-codes"], ["POST", "/api/v1/step-up/passkey/options"], ["DELETE", "/api/v1/factors/totp"]] as const) {
      expect((await server.request(path, { method, headers: { authorization } })).status, path).toBe(403);
    }
    const foreign = await server.request("/api/v1/session/passkey/options", { method: "POST", headers: { origin: "https://evil.example" } });
    expect(foreign.status).toBe(403);
  });
});

test("a passkey is registered, signs a browser in alone, and opens what takes a step-up", async () => {
  const { person, send } = await browser();
  const passkey = makeAuthenticator(server.url);
  const creation = (await send("POST", "/api/v1/factors/passkeys/options")).body as unknown as Parameters<typeof passkey.register>[0];
  expect((await send("POST", "/api/v1/factors/passkeys", { name: "Laptop", answer: passkey.register(creation) })).status).toBe(201);

  const options = (await (await server.request("/api/v1/session/passkey/options", { method: "POST" })).json()) as Parameters<typeof passkey.assert>[0];
  const post = (answer: unknown) => server.request("/api/v1/session/passkey", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(answer) });
  const answer = passkey.assert(options);
  const signedIn = await post(answer);
  expect(signedIn.status).toBe(204);
  const cookie = signedIn.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^kos-session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
  const token = /^kos-session=([\w-]+)/.exec(cookie)?.[1] ?? "";
  expect(await readSession(server.deps.db, token, new Date())).toMatchObject({ userId: person.userId, steppedUpAt: expect.any(Date) });
  const made = await server.request("/api/v1/tokens", { method: "POST", headers: { cookie: `kos-session=${token}`, "content-type": "application/json" }, body: JSON.stringify(TOKEN) });
  expect(made.status).toBe(201);

  const replayed = await post(answer);
  expect([replayed.status, replayed.headers.get("set-cookie")]).toEqual([422, null]);
  expect((await post({ ...answer, response: {} })).status).toBe(400);
});

test("under a policy that asks for it, a role rests until there is a second factor", async () => {
  await setPolicyWithPeople();
  const reviewer = await browser(["reviewer"]);
  const administrator = await browser(["administrator"]);
  expect((await reviewer.send("GET", "/api/v1/review/queue")).body).toMatchObject({ code: "second-factor-required", status: 403 });
  expect((await administrator.send("GET", "/api/v1/admin/jobs")).body).toMatchObject({ code: "second-factor-required" });
  const token = await makeToken(server.deps, administrator.person, ["admin"]);
  expect((await server.request("/api/v1/admin/jobs", { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
  for (const [path, who] of [["/review", reviewer], ["/admin", administrator]] as const) {
    const page = await who.send("GET", path);
    expect([page.status, new URL(page.headers.get("location") ?? "/", server.url).pathname], path).toEqual([307, "/settings/security"]);
  }
  const { secret } = (await reviewer.send("POST", "/api/v1/factors/totp")).body as unknown as TotpSetup;
  expect((await reviewer.send("GET", "/api/v1/review/queue")).status, "begun is not set up").toBe(403);
  await reviewer.send("POST", "/api/v1/factors/totp/confirm", { code: codeAt(server.deps, secret) });
  expect((await reviewer.send("GET", "/api/v1/review/queue")).status).toBe(200);
  expect((await reviewer.send("GET", "/review")).status).toBe(200);
  await setPolicy(server.deps.db, "solo");
  expect((await administrator.send("GET", "/api/v1/admin/jobs")).status).toBe(200);
});

/** Sets `team`, which takes two people who may decide. */
async function setPolicyWithPeople(): Promise<void> {
  for (const role of ["reviewer", "security"] as const) await makePerson(server.deps, [role]);
  await setPolicy(server.deps.db, "team");
}
