import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerDeviceGrant, beginDeviceGrant, pollDeviceGrant, readDeviceGrant, readToken, type Principal } from "#lib/accounts/index.ts";
import type { TokenScope } from "#lib/accounts/schema.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const SECOND = 1000;
let deps: TestDeps;
let person: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  person = await makePerson(deps);
});
afterAll(() => deps.close());

const begin = (scopes: TokenScope[] = ["publish", "read"], client = "ada-laptop") => beginDeviceGrant(deps, { client, scopes, from: "203.0.113.77" });
const answer = (userCode: string, approve: boolean, principal = person) => answerDeviceGrant(deps, { principal, userCode, approve });
/** Each question `after` seconds from now, so that haste is chosen by the test. */
const poll = (deviceCode: string, after = 0) => pollDeviceGrant(deps, { deviceCode, now: new Date(deps.now().getTime() + after * SECOND) });
const tokensOf = (owner = person) => deps.db.apiToken.count({ where: { userId: owner.userId } });

test("a person reads what asks, approves it, and the program gets an ordinary token of 90 days", async () => {
  const asked = await begin();
  expect(asked).toMatchObject({ verification_uri: "http://localhost:3999/device", verification_uri_complete: `http://localhost:3999/device?code=${asked.user_code}`, expires_in: 600, interval: 2 });
  expect(asked.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  expect(await readDeviceGrant(deps, ` ${asked.user_code.toLowerCase().replace("-", " ")}`)).toMatchObject({ client: "ada-laptop", scopes: ["publish", "read"], network: "203.0.113.0/24" });
  expect(await poll(asked.device_code)).toEqual({ ok: false, error: "authorization_pending" });
  await answer(asked.user_code, true);
  const given = await poll(asked.device_code, 5);
  if (!given.ok) throw new Error(given.error);
  expect(given).toMatchObject({ token_type: "bearer", scope: "publish read" });
  expect(await readToken(deps.db, given.access_token, deps.now())).toMatchObject({ userId: person.userId, scopes: ["publish", "read"], listings: null });
  const row = await deps.db.apiToken.findFirstOrThrow({ where: { userId: person.userId, name: "kos on ada-laptop" }, orderBy: { createdAt: "desc" } });
  expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(90 * 86_400_000);
  expect(await deps.db.auditEvent.count({ where: { name: "accounts:device:approve", actorId: person.userId } })).toBe(1);
});

test("a token that may decide ends after 24 hours", async () => {
  const asked = await begin(["review:decide"]);
  await answer(asked.user_code, true);
  expect(await poll(asked.device_code)).toMatchObject({ ok: true, expires_in: 86_400 });
});

test("an approval covers keys for five minutes, whenever the program asks, and nothing that the token keeps", async () => {
  const asked = await begin(["publish", "keys"]);
  await answer(asked.user_code, true);
  const given = await poll(asked.device_code);
  if (!given.ok) throw new Error(given.error);
  expect(given.scope).toBe("publish keys");
  const scopesAfter = async (seconds: number) => (await readToken(deps.db, given.access_token, new Date(deps.now().getTime() + seconds * SECOND)))?.scopes;
  expect([await scopesAfter(290), await scopesAfter(301)]).toEqual([["publish", "keys"], ["publish"]]);
  const row = await deps.db.apiToken.findFirst({ where: { prefix: given.access_token.slice(0, 10) } });
  expect(row?.scopes).toEqual(["publish"]);
  const late = await begin(["publish", "keys"]);
  await answer(late.user_code, true);
  expect(await poll(late.device_code, 301)).toMatchObject({ ok: true, scope: "publish" });
});

test("the long code is stored as a hash only", async () => {
  const asked = await begin();
  expect(JSON.stringify(await deps.db.deviceGrant.findMany())).not.toContain(asked.device_code);
});

describe("nothing comes of", () => {
  test("a code that was made up, asked for or answered", async () => {
    const before = await tokensOf();
    expect(await poll("x".repeat(43))).toEqual({ ok: false, error: "invalid_grant" });
    for (const code of ["BCDF-GHJK", "", "%", "🙂🙂🙂🙂"]) {
      await expect(readDeviceGrant(deps, code)).rejects.toMatchObject({ code: "not-found" });
      await expect(answer(code, true)).rejects.toMatchObject({ code: "not-found" });
    }
    expect(await tokensOf()).toBe(before);
  });

  test("the short code in place of the long one", async () => {
    const asked = await begin();
    await answer(asked.user_code, true);
    expect(await poll(asked.user_code)).toEqual({ ok: false, error: "invalid_grant" });
  });

  test("a second use: the token is given once", async () => {
    const asked = await begin();
    await answer(asked.user_code, true);
    expect(await poll(asked.device_code)).toMatchObject({ ok: true });
    const after = await tokensOf();
    expect(await poll(asked.device_code, 60)).toEqual({ ok: false, error: "invalid_grant" });
    expect(await tokensOf()).toBe(after);
  });

  test("fifty questions at the same moment but one token, whether or not they keep the pace", async () => {
    for (const apart of [0, 6]) {
      const asked = await begin();
      await answer(asked.user_code, true);
      const before = await tokensOf();
      const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => poll(asked.device_code, at * apart)));
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect(await tokensOf()).toBe(before + 1);
    }
  });

  test("denial, and an answer after it", async () => {
    const asked = await begin();
    await answer(asked.user_code, false);
    expect(await poll(asked.device_code)).toEqual({ ok: false, error: "access_denied" });
    await expect(answer(asked.user_code, true)).rejects.toMatchObject({ code: "not-found" });
    expect(await poll(asked.device_code, 6)).toEqual({ ok: false, error: "access_denied" });
  });

  test("two answers at once but the first", async () => {
    const asked = await begin();
    const other = await makePerson(deps);
    const answers = await Promise.allSettled([answer(asked.user_code, true), answer(asked.user_code, true, other), answer(asked.user_code, false, other)]);
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("a code that is ten minutes old", async () => {
    const asked = await begin();
    const late = await begin();
    await answer(late.user_code, true);
    expect(await poll(asked.device_code, 599)).toEqual({ ok: false, error: "authorization_pending" });
    expect(await poll(asked.device_code, 600)).toEqual({ ok: false, error: "expired_token" });
    expect(await poll(late.device_code, 600)).toEqual({ ok: false, error: "expired_token" });
  });

  test("an approval by a token, by an old sign-in, or by someone who is suspended before the program asks", async () => {
    const asked = await begin();
    await expect(answer(asked.user_code, true, { ...person, via: "token" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(answer(asked.user_code, true, { ...person, authenticatedAt: new Date(deps.now().getTime() - 2 * 3_600_000) })).rejects.toMatchObject({ code: "step-up-required" });
    expect(await poll(asked.device_code)).toEqual({ ok: false, error: "authorization_pending" });
    const gone = await makePerson(deps);
    await answer(asked.user_code, true, gone);
    await deps.db.user.update({ where: { id: gone.userId }, data: { suspendedAt: deps.now() } });
    expect(await poll(asked.device_code, 6)).toEqual({ ok: false, error: "access_denied" });
    expect(await tokensOf(gone)).toBe(0);
  });

  test("a name that hides what it says", async () => {
    await expect(begin(["read"], "laptop\u202Eevil")).rejects.toMatchObject({ code: "bad-request" });
  });
});

test("a program that asks too early is told to slow down, and loses nothing by it", async () => {
  const asked = await begin();
  expect(await poll(asked.device_code)).toEqual({ ok: false, error: "authorization_pending" });
  await answer(asked.user_code, true);
  for (const after of [0, 0.2, 0.4]) expect(await poll(asked.device_code, after)).toEqual({ ok: false, error: "slow_down" });
  expect(await poll(asked.device_code, 5)).toMatchObject({ ok: true });
});
