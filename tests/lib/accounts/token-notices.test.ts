import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken, readToken, reportLeakedTokens, warnOfExpiringTokens, type Principal } from "#lib/accounts/index.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

const issue = (person: Principal, expiresInDays: number, name = "Build server") =>
  deps.db.$transaction((tx) => createToken(tx, { userId: person.userId, actorId: person.userId, roles: [], name, scopes: ["read"], expiresInDays, now: deps.now() }));
const subjects = async (person: Principal) => (await deps.db.mail.findMany({ where: { to: person.email }, orderBy: { createdAt: "asc" } })).map((mail) => mail.subject);
const lookTogether = () => Promise.all(Array.from({ length: 5 }, () => warnOfExpiringTokens(deps)));

describe("a token that ends soon", () => {
  test("is told of seven days and one day before, each once, whatever number of workers look", async () => {
    const person = await makePerson(deps);
    await issue(person, 30);
    await lookTogether();
    expect(await subjects(person)).toEqual([]);
    deps.advance(23 * DAY + 1000);
    await lookTogether();
    await lookTogether();
    expect(await subjects(person)).toEqual(["Your token “Build server” ends in 7 days"]);
    deps.advance(3 * DAY);
    await lookTogether();
    expect(await subjects(person)).toHaveLength(1);
    deps.advance(3 * DAY);
    await lookTogether();
    await lookTogether();
    expect(await subjects(person)).toEqual(["Your token “Build server” ends in 7 days", "Your token “Build server” ends in a day"]);
    deps.advance(2 * DAY);
    await lookTogether();
    expect(await subjects(person)).toHaveLength(2);
  });

  test("that was made for a day, was revoked, or is of someone who muted it, is not told of", async () => {
    const [short, revoked, muted, german] = [await makePerson(deps), await makePerson(deps), await makePerson(deps), await makePerson(deps)];
    await issue(short, 1);
    const { item } = await issue(revoked, 7);
    await deps.db.apiToken.update({ where: { id: item.id }, data: { revokedAt: deps.now() } });
    await deps.db.user.update({ where: { id: muted.userId }, data: { muted: ["tokens"] } });
    await deps.db.user.update({ where: { id: german.userId }, data: { language: "de" } });
    for (const person of [muted, german]) await issue(person, 7);
    deps.advance(6 * DAY + 1000);
    await lookTogether();
    for (const person of [short, revoked, muted]) expect(await subjects(person)).toEqual([]);
    expect(await subjects(german)).toEqual(["Ihr Token „Build server“ läuft in einem Tag ab"]);
  });
});

describe("a leak report", () => {
  test("revokes what still counts, once, tells its owner where it was found, and names nobody in the record", async () => {
    const person = await makePerson(deps);
    const { token, item } = await issue(person, 30);
    const report = { tokens: [token, token, "kos_unknown", `${token.slice(0, -1)}x`], source: "https://code.example/x\r\nBcc: evil@example.org" };
    await Promise.all([reportLeakedTokens(deps, report), reportLeakedTokens(deps, report), reportLeakedTokens(deps, report)]);
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
    expect((await deps.db.apiToken.findUniqueOrThrow({ where: { id: item.id } })).revokedReason).toBe("reported as leaked: https://code.example/x Bcc: evil@example.org");
    const events = await deps.db.auditEvent.findMany({ where: { name: "accounts:token:report-leak", subject: `token:${item.id}` } });
    expect(events.map((event) => event.data)).toEqual([{ owner: person.userId }]);
    const mails = await deps.db.mail.findMany({ where: { to: person.email } });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("https://code.example/x");
    expect(mails[0]?.text).not.toContain(token);
  });

  test("leaves what ended already, and other tokens of the same person", async () => {
    const person = await makePerson(deps);
    const [leaked, other, ended] = [await issue(person, 30, "leaked"), await issue(person, 30, "other"), await issue(person, 1, "ended")];
    deps.advance(2 * DAY);
    await reportLeakedTokens(deps, { tokens: [leaked.token, ended.token], source: null });
    expect(await readToken(deps.db, other.token, deps.now())).not.toBeNull();
    expect((await deps.db.apiToken.findUniqueOrThrow({ where: { id: ended.item.id } })).revokedAt).toBeNull();
    expect(await deps.db.mail.count({ where: { to: person.email } })).toBe(1);
  });
});
