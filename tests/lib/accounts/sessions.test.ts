import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerDeviceGrant, beginDeviceGrant, createSession, createSignInLink, endAllSessions, endSession, nextAuthAdapter, pollDeviceGrant, readSession, useSignInLink } from "#lib/accounts/index.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const HOUR = 3_600_000;
let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

const NOWHERE = { device: null, network: null };
const follow = (token: string) => useSignInLink(deps, { token, place: NOWHERE, replaces: null });

async function freshLink() {
  const person = await makePerson(deps);
  const { url, expiresAt } = await deps.db.$transaction((tx) => createSignInLink(tx, { userId: person.userId, publicUrl: "http://localhost:3999", now: deps.now() }));
  return { person, token: new URL(url).searchParams.get("token") ?? "", expiresAt };
}

describe("a sign-in link", () => {
  test("used by twenty at once opens one session", async () => {
    const { person, token } = await freshLink();
    const sessions = await Promise.all(Array.from({ length: 20 }, () => follow(token)));
    expect(sessions.filter((session) => session !== null)).toHaveLength(1);
    expect(await deps.db.session.count({ where: { userId: person.userId } })).toBe(1);
    expect(await deps.db.auditEvent.count({ where: { name: "accounts:session:create", subject: `user:${person.userId}` } })).toBe(1);
  });

  test("opens nothing after a day, for a suspended account, or with another text", async () => {
    const late = await freshLink();
    expect(await useSignInLink({ ...deps, now: () => new Date(deps.now().getTime() + 25 * HOUR) }, { token: late.token, place: NOWHERE, replaces: null })).toBeNull();
    const suspended = await freshLink();
    await deps.db.user.update({ where: { id: suspended.person.userId }, data: { suspendedAt: deps.now() } });
    expect(await follow(suspended.token)).toBeNull();
    expect(await follow("")).toBeNull();
    expect(await deps.db.session.count({ where: { userId: { in: [late.person.userId, suspended.person.userId] } } })).toBe(0);
  });

  test("is stored as a hash only", async () => {
    const { token } = await freshLink();
    const rows = await deps.db.signInLink.findMany();
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("a session", () => {
  test("in use ends no later than was said at the sign-in, whatever next-auth asks for", async () => {
    const person = await makePerson(deps);
    const { token, expires } = await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    const adapter = nextAuthAdapter(deps, { sessionToken: token, place: NOWHERE, identity: null, connecting: false });
    await adapter.updateSession?.({ sessionToken: token, expires: new Date(expires.getTime() + 30 * 24 * HOUR) });
    expect(await readSession(deps.db, token, new Date(expires.getTime() - 1000))).not.toBeNull();
    expect(await readSession(deps.db, token, expires)).toBeNull();
  });

  test("that ends with all others takes the approved sign-ins of command lines with it", async () => {
    const [person, bystander] = [await makePerson(deps), await makePerson(deps)];
    const approved = await Promise.all(
      [person, bystander].map(async (principal) => {
        const begun = await beginDeviceGrant(deps, { client: "laptop", scopes: ["read"], from: "203.0.113.9" });
        await answerDeviceGrant(deps, { principal, userCode: begun.user_code, approve: true });
        return begun.device_code;
      }),
    );
    await endAllSessions(deps, { userId: person.userId, keep: null, actorId: person.userId });
    const polled = await Promise.all(approved.map((deviceCode) => pollDeviceGrant(deps, { deviceCode, now: deps.now() })));
    expect(polled).toMatchObject([{ ok: false, error: "access_denied" }, { ok: true }]);
  });

  test("reads the roles from the stored row at every use", async () => {
    const person = await makePerson(deps, ["reviewer"]);
    const { token } = await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    expect(await readSession(deps.db, token, deps.now())).toMatchObject({ userId: person.userId, roles: ["reviewer"], via: "session", scopes: null });
    await deps.db.userRole.deleteMany({ where: { userId: person.userId } });
    expect(await readSession(deps.db, token, deps.now())).toMatchObject({ roles: [] });
  });

  test("ends with the account's suspension, its own end, and its thirtieth day", async () => {
    const person = await makePerson(deps);
    const open = () => deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    const [first, second] = [await open(), await open()];
    await endSession(deps.db, first.token);
    expect(await readSession(deps.db, first.token, deps.now())).toBeNull();
    expect(await readSession(deps.db, second.token, second.expires)).toBeNull();
    expect(await readSession(deps.db, second.token, deps.now())).not.toBeNull();
    await deps.db.user.update({ where: { id: person.userId }, data: { suspendedAt: deps.now() } });
    expect(await readSession(deps.db, second.token, deps.now())).toBeNull();
  });

  test("is stored as a hash only", async () => {
    const person = await makePerson(deps);
    const { token } = await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    expect(JSON.stringify(await deps.db.session.findMany({ where: { userId: person.userId } }))).not.toContain(token);
  });
});
