import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSession, listSessions, noteSessionUse, openSession, readSession, sessionPlace, type Principal, type SessionPlace } from "#lib/accounts/index.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const HOME: SessionPlace = { device: "Firefox on Linux", network: "203.0.113.0/24" };
let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

const open = (person: Principal, place: SessionPlace, replaces: string | null = null) => deps.db.$transaction((tx) => openSession(deps, tx, { userId: person.userId, method: "email", place, replaces, now: deps.now() }));
const mails = (person: Principal) => deps.db.mail.findMany({ where: { to: person.email, event: "account.new-place" } });

describe("the place of a session", () => {
  test.each([
    [FIREFOX, "203.0.113.77", { device: "Firefox on Linux", network: "203.0.113.0/24" }],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1", "2001:db8:42:1::/64", { device: "Safari on iOS", network: "2001:db8:42::/48" }],
    ["curl/8.1", "198.51.100.9", { device: null, network: "198.51.100.0/24" }],
    [null, "::1", { device: null, network: "0:0:0::/48" }],
    ["x".repeat(100_000), "unknown", { device: null, network: null }],
    ["<script>alert(1)</script>", "1.2.3.4.5", { device: null, network: null }],
  ])("%s at %s", (userAgent, client, place) => {
    expect(sessionPlace({ userAgent, client })).toEqual(place);
  });
});

describe("a sign-in", () => {
  test("from a place that was never seen before is told to the owner; the first and a known one are not", async () => {
    const person = await makePerson(deps);
    await open(person, HOME);
    await open(person, HOME);
    expect(await mails(person)).toEqual([]);
    await open(person, { ...HOME, network: "198.51.100.0/24" });
    expect(await mails(person)).toHaveLength(1);
    await open(person, { ...HOME, device: "Chrome on Windows" });
    expect((await mails(person)).map(({ text }) => text).join()).toContain("Chrome on Windows");
    await deps.db.session.deleteMany({ where: { userId: person.userId } });
    await open(person, HOME);
    expect(await mails(person), "known places outlast their sessions").toHaveLength(2);
  });

  test("from one new place ten times at once is told once", async () => {
    const person = await makePerson(deps);
    await open(person, HOME);
    await Promise.all(Array.from({ length: 10 }, () => open(person, { device: "Safari on iOS", network: null })));
    expect(await mails(person)).toHaveLength(1);
  });

  test("stores no place that could be read from the table of places", async () => {
    const person = await makePerson(deps);
    await open(person, HOME);
    expect(JSON.stringify(await deps.db.knownPlace.findMany({ where: { userId: person.userId } }))).not.toMatch(/Firefox|203\.0/);
  });

  test("ends the session whose cookie it came with, whoever's it was", async () => {
    const [victim, attacker] = [await makePerson(deps), await makePerson(deps)];
    const planted = await open(attacker, HOME);
    const fresh = await open(victim, HOME, planted.token);
    expect(fresh.token).not.toBe(planted.token);
    expect(await readSession(deps.db, planted.token, deps.now())).toBeNull();
    expect(await readSession(deps.db, fresh.token, deps.now())).toMatchObject({ userId: victim.userId });
  });
});

describe("the last use of a session", () => {
  test("is written once a minute, with the place, and never throws", async () => {
    const person = await makePerson(deps);
    await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    const read = async () => (await listSessions(deps, { userId: person.userId, sessionId: null }))[0];
    const { id: sessionId = "" } = (await read()) ?? {};
    const at = (seconds: number) => new Date(deps.now().getTime() + seconds * 1000);
    await noteSessionUse(deps.db, { sessionId, place: () => HOME, now: at(10) });
    expect((await read())?.device, "just opened: not yet").toBeNull();
    const minute = at(130);
    await noteSessionUse(deps.db, { sessionId, place: () => HOME, now: minute });
    expect(await read()).toMatchObject({ ...HOME, lastUsedAt: minute.toISOString() });
    await noteSessionUse(deps.db, { sessionId, place: () => ({ device: "Other", network: null }), now: at(150) });
    expect((await read())?.device).toBe(HOME.device);
    const broken = { session: { updateMany: () => Promise.reject(new Error("the database is away")) } };
    await noteSessionUse(broken as never, { sessionId, place: () => HOME, now: at(400) });
    const back = at(410);
    await noteSessionUse(deps.db, { sessionId, place: () => HOME, now: back });
    expect((await read())?.lastUsedAt, "a failed note is tried again").toBe(back.toISOString());
  });
});
