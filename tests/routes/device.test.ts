import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makeSessionCookie, makeToken } from "#tests/support/accounts.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { runKos } from "../unit/host/run-kos.ts";

interface Code {
  device_code: string;
  user_code: string;
}

let server: TestServer;
beforeAll(async () => void (server = await startTestServer({ worker: false })), 120_000);
afterAll(() => server.stop());

let address = 0;
/** Each from an address of its own, so that one test's limits are not another's. */
const post = (path: string, json: unknown, headers: Record<string, string> = {}, client = `198.51.100.${(address += 1)}`) =>
  server.request(`/api/v1/device/${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(json), client });
const session = async (person: Principal, origin = server.url) => ({ cookie: await makeSessionCookie(server.deps, person), origin });
const begin = async (scopes = ["read", "publish"]): Promise<Code> => (await (await post("code", { client: "ada-laptop", scopes })).json()) as Code;
const poll = async (code: Code) => {
  const response = await post("token", { device_code: code.device_code });
  return { status: response.status, ...((await response.json()) as { error?: string; access_token?: string }) };
};

describe("the sign-in of a command line", () => {
  test("the whole way: kos login, a person approves, kos whoami, kos logout", async () => {
    const person = await makePerson(server.deps);
    const cwd = mkdtempSync(join(tmpdir(), "kos-"));
    const place = { cwd, env: { KOS_REGISTRY: server.url } };
    try {
      const login = runKos(["login", "--json"], place);
      const grant = await waitFor("the code", async () => (await server.deps.db.deviceGrant.findFirst({ where: { approvedAt: null, polledAt: { not: null } } })) ?? undefined);
      const approved = await post("approve", { userCode: grant.userCode }, await session(person));
      expect(approved.status).toBe(200);
      expect(await login).toMatchObject({ code: 0 });
      const { registries } = JSON.parse(readFileSync(join(cwd, ".config", "kos", "credentials.json"), "utf8")) as { registries: Record<string, { token: string }> };
      expect((await runKos(["whoami", "--json"], place)).json()).toMatchObject({ account: { id: person.userId, email: person.email } });
      expect((await runKos(["logout", "--json"], place)).json()).toMatchObject({ revoked: true });
      const refused = await server.request("/api/v1/account", { headers: { authorization: `Bearer ${registries[server.url]?.token ?? ""}` } });
      expect(refused.status).toBe(401);
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }, 60_000);

  test("fifty polls at once get one token", async () => {
    const person = await makePerson(server.deps);
    const code = await begin();
    expect((await post("approve", { userCode: code.user_code }, await session(person))).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 50 }, () => poll(code)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.error))).toEqual(new Set(["slow_down", "invalid_grant"].filter((error) => answers.some((answer) => answer.error === error))));
    expect(await server.deps.db.apiToken.count({ where: { userId: person.userId } })).toBe(1);
  });

  test("pending, too early and denied are told in the standard's words", async () => {
    const code = await begin();
    expect(await poll(code)).toMatchObject({ status: 400, error: "authorization_pending" });
    expect(await poll(code)).toMatchObject({ status: 400, error: "slow_down" });
    expect((await post("deny", { userCode: code.user_code }, await session(await makePerson(server.deps)))).status).toBe(200);
    expect(await poll(code)).toMatchObject({ status: 400, error: "access_denied" });
  });
});

describe("nobody approves", () => {
  test("from a page of another origin, without a session, or with a token", async () => {
    const person = await makePerson(server.deps, ["administrator"]);
    const code = await begin();
    const body = { userCode: code.user_code };
    expect((await post("approve", body, await session(person, "https://evil.example"))).status).toBe(403);
    expect((await post("approve", body, { ...(await session(person)), origin: "null" })).status).toBe(403);
    expect((await post("approve", body)).status).toBe(401);
    const token = { authorization: `Bearer ${await makeToken(server.deps, person, ["admin", "read"])}` };
    expect((await post("approve", body, token)).status).toBe(403);
    expect(await poll(code)).toMatchObject({ error: "authorization_pending" });
  });

  test("by a form of another site that the browser sends along with the cookie", async () => {
    const { cookie } = await session(await makePerson(server.deps));
    const code = await begin();
    const response = await server.request("/api/v1/device/approve", { method: "POST", headers: { cookie, origin: "https://evil.example", "content-type": "text/plain" }, body: JSON.stringify({ userCode: code.user_code }) });
    expect(response.status).toBe(403);
    expect(await poll(code)).toMatchObject({ error: "authorization_pending" });
  });

  test("by opening the page: the address only fills the code in", async () => {
    const { cookie } = await session(await makePerson(server.deps));
    const code = await begin();
    const page = await server.request(`/device?code=${code.user_code}`, { headers: { cookie } });
    expect([page.status, (await page.text()).includes(code.user_code)]).toEqual([200, true]);
    expect(await poll(code)).toMatchObject({ error: "authorization_pending" });
  });

  test("with a sign-in that is hours old", async () => {
    const person = await makePerson(server.deps);
    const headers = await session(person);
    await server.deps.db.session.updateMany({ where: { userId: person.userId }, data: { authenticatedAt: new Date(Date.now() - 7_200_000) } });
    const response = await post("approve", { userCode: (await begin()).user_code }, headers);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, "step-up-required"]);
  });
});

test("guessing short codes ends after ten, whatever address it comes from", async () => {
  const headers = await session(await makePerson(server.deps));
  const answers = [];
  for (let at = 0; at < 12; at += 1) answers.push((await post("lookup", { userCode: `BCDF-GHJ${"KLMNPQRSTVWX"[at]}` }, headers)).status);
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429]);
});

test("nobody asks for the scope admin, and asking itself is limited", async () => {
  expect((await post("code", { client: "x", scopes: ["admin"] })).status).toBe(400);
  expect((await post("code", { client: "", scopes: ["read"] })).status).toBe(400);
  const answers = [];
  for (let at = 0; at < 12; at += 1) answers.push((await post("code", { client: "x", scopes: ["read"] }, {}, "192.0.2.50")).status);
  expect(answers.filter((status) => status === 200)).toHaveLength(10);
});
