import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken, listTokens, readToken, requireScope, revokeToken, type Principal } from "#lib/accounts/index.ts";
import { TOKEN_SCOPES, type TokenScope } from "#lib/accounts/schema.ts";
import { makePerson, makeToken } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
let person: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  person = await makePerson(deps, ["administrator"]);
});
afterAll(() => deps.close());

const issue = (scopes: TokenScope[], expiresInDays = 90, roles = person.roles) =>
  deps.db.$transaction((tx) => createToken(tx, { userId: person.userId, actorId: person.userId, roles, name: "laptop", scopes, expiresInDays, now: deps.now() }));

test("a token is 43 characters and a checksum, and is stored as a hash only", async () => {
  const { token, item } = await issue(["read"]);
  expect(token).toMatch(/^kos_[0-9A-Za-z]{49}$/);
  expect(item.prefix).toBe(token.slice(0, 10));
  const row = await deps.db.apiToken.findUniqueOrThrow({ where: { id: item.id } });
  expect(JSON.stringify(row)).not.toContain(token);
  expect(JSON.stringify(await listTokens(deps, person.userId))).not.toContain(row.tokenHash);
});

test("a token with one character changed is refused by its checksum, before the database is asked", async () => {
  const { token } = await issue(["read"]);
  const changed = `${token.slice(0, 12)}${token[12] === "A" ? "B" : "A"}${token.slice(13)}`;
  const unreachable = { apiToken: { findUnique: () => Promise.reject(new Error("the database was asked")) } } as unknown as typeof deps.db;
  expect(await readToken(unreachable, changed, deps.now())).toBeNull();
  await expect(readToken(unreachable, token, deps.now())).rejects.toThrow("the database was asked");
});

describe("a token is good for nothing", () => {
  test("after its last day", async () => {
    const { token, item } = await issue(["read"], 3);
    expect(await readToken(deps.db, token, new Date(Date.parse(item.expiresAt) - 1))).toMatchObject({ userId: person.userId, via: "token" });
    expect(await readToken(deps.db, token, new Date(item.expiresAt))).toBeNull();
  });

  test("once revoked, by its owner only", async () => {
    const { token, item } = await issue(["read"]);
    const stranger = await makePerson(deps);
    await expect(revokeToken(deps.db, { userId: stranger.userId, tokenId: item.id, now: deps.now() })).rejects.toMatchObject({ code: "not-found" });
    expect(await readToken(deps.db, token, deps.now())).not.toBeNull();
    await revokeToken(deps.db, { userId: person.userId, tokenId: item.id, now: deps.now() });
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
  });

  test("while its owner is suspended", async () => {
    const other = await makePerson(deps);
    const token = await makeToken(deps, other, ["read"]);
    await deps.db.user.update({ where: { id: other.userId }, data: { suspendedAt: deps.now() } });
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
  });
});

test("review:decide lives 24 hours at most, other scopes 90 days", async () => {
  const { item: reviewing } = await issue(["read", "review:decide"], 90);
  expect(Date.parse(reviewing.expiresAt) - Date.parse(reviewing.createdAt)).toBe(DAY);
  const { item: publishing } = await issue(["publish"], 365);
  expect(Date.parse(publishing.expiresAt) - Date.parse(publishing.createdAt)).toBe(90 * DAY);
});

test("admin lives 24 hours at most, unless the operator issues it", async () => {
  const { item: web } = await issue(["admin"], 90);
  expect(Date.parse(web.expiresAt) - Date.parse(web.createdAt)).toBe(DAY);
  const { item: operator } = await deps.db.$transaction((tx) => createToken(tx, { userId: person.userId, actorId: null, roles: person.roles, name: "cron", scopes: ["admin"], expiresInDays: 90, now: deps.now() }));
  expect(Date.parse(operator.expiresAt) - Date.parse(operator.createdAt)).toBe(90 * DAY);
});

test("the database itself refuses a token that lives longer", async () => {
  const { item } = await issue(["publish"]);
  await expect(deps.db.apiToken.update({ where: { id: item.id }, data: { expiresAt: new Date(deps.now().getTime() + 120 * DAY) } })).rejects.toThrow(/ApiToken_lifetime/);
});

test("the scope admin needs the role", async () => {
  await expect(issue(["admin"], 1, [])).rejects.toMatchObject({ code: "forbidden" });
});

test("a token has the scopes it was given and no others; roles stay those of the stored row", async () => {
  for (const scope of TOKEN_SCOPES) {
    const principal = await readToken(deps.db, (await issue([scope])).token, deps.now());
    if (principal === null) throw new Error("the token is good");
    expect(principal.scopes).toEqual([scope]);
    for (const other of TOKEN_SCOPES) {
      if (other === scope) expect(() => requireScope(principal, other)).not.toThrow();
      else expect(() => requireScope(principal, other)).toThrow(expect.objectContaining({ code: "forbidden" }));
    }
  }
  await deps.db.userRole.deleteMany({ where: { userId: person.userId } });
  expect(await readToken(deps.db, (await issue(["read"])).token, deps.now())).toMatchObject({ roles: [] });
});
