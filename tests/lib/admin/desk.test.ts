import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerDeviceGrant, beginDeviceGrant, pollDeviceGrant, createSession, createSignInLink, readSession, readToken, rolesOf, useSignInLink, type Principal } from "#lib/accounts/index.ts";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import { choosePolicy, createAnnouncement, endSessionsOf, exportAudit, giveRole, listMail, listUsers, readMail, readPolicy, readStorage, readUser, restorePublisher, restoreUser, retryMail, searchAudit, suspendPublisher, suspendUser, takeRole } from "#lib/admin/index.ts";
import { AuditQuery, MailQuery, ReasonBody, UsersQuery } from "#lib/admin/schema.ts";
import { queueMail, signInMail } from "#lib/mail/index.ts";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let keeper: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  keeper = await makePerson(deps, ["administrator"]);
});
afterAll(() => deps.close());

const reason = "It was agreed in the meeting.";
const give = (by: Principal, userId: string, role: InstanceRole) => giveRole(deps, { principal: by, userId, role, reason });
const take = (by: Principal, userId: string, role: InstanceRole) => takeRole(deps, { principal: by, userId, role, reason });
const stale = (person: Principal): Principal => ({ ...person, authenticatedAt: new Date(0), steppedUpAt: null });

describe("roles", () => {
  test("are granted with a reason and a mail, once, and taken back", async () => {
    const person = await makePerson(deps);
    await give(keeper, person.userId, "reviewer");
    await give(keeper, person.userId, "reviewer");
    expect(await rolesOf(deps.db, person.userId)).toEqual(["reviewer"]);
    expect(await deps.db.mail.count({ where: { to: person.email, event: "account.role-granted" } })).toBe(1);
    await take(keeper, person.userId, "reviewer");
    expect(await rolesOf(deps.db, person.userId)).toEqual([]);
    const events = await deps.db.auditEvent.findMany({ where: { subject: `user:${person.userId}`, actorId: keeper.userId }, orderBy: { id: "asc" } });
    expect(events.map(({ name, data }) => [name, data])).toEqual([["accounts:user:grant", { role: "reviewer", reason }], ["accounts:user:revoke-role", { role: "reviewer", reason }]]);
  });

  test("are refused to oneself, without a fresh proof, and to whoever lost the role meanwhile: with no trace", async () => {
    const [person, former] = [await makePerson(deps), await makePerson(deps)];
    const before = await countTraces(deps);
    await expect(give(keeper, keeper.userId, "reviewer")).rejects.toMatchObject({ code: "forbidden" });
    await expect(give(stale(keeper), person.userId, "reviewer")).rejects.toMatchObject({ code: "step-up-required" });
    await expect(give({ ...former, roles: ["administrator"] }, person.userId, "reviewer")).rejects.toMatchObject({ code: "forbidden" });
    await expect(give(keeper, "01900000-0000-7000-8000-000000000000", "reviewer")).rejects.toMatchObject({ code: "not-found" });
    expect(await countTraces(deps)).toEqual(before);
  });

  test("and standing and policy are nothing that a token changes, however it was issued", async () => {
    const person = await makePerson(deps);
    const publisher = await makePublisher(deps, person);
    const token = await readToken(deps.db, await makeToken(deps, keeper, ["admin"]), deps.now());
    if (token === null) throw new Error("the token was not stored");
    const before = await countTraces(deps);
    const user = { principal: token, userId: person.userId, reason };
    const changes = [() => give(token, person.userId, "administrator"), () => take(token, keeper.userId, "administrator"), () => suspendUser(deps, user), () => restoreUser(deps, user), () => suspendPublisher(deps, { principal: token, slug: publisher, reason }), () => restorePublisher(deps, { principal: token, slug: publisher, reason }), () => choosePolicy(deps, { principal: token, policy: "solo", reason })];
    for (const change of changes) await expect(change()).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("A token cannot") });
    expect(await countTraces(deps)).toEqual(before);
  });

  test("leave an administrator: two who take each other's role at once do not both succeed", async () => {
    const lonely = await openTestDeps();
    try {
      const [one, two] = [await makePerson(lonely, ["administrator"]), await makePerson(lonely, ["administrator"])];
      const ended = await Promise.allSettled([takeRole(lonely, { principal: one, userId: two.userId, role: "administrator", reason }), takeRole(lonely, { principal: two, userId: one.userId, role: "administrator", reason })]);
      expect(ended.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await lonely.db.userRole.count({ where: { role: "administrator" } })).toBe(1);
      const last = ended[0].status === "fulfilled" ? one : two;
      await expect(takeRole(lonely, { principal: last, userId: last.userId, role: "administrator", reason })).rejects.toMatchObject({ code: "move-not-allowed" });
    } finally {
      await lonely.close();
    }
  });
});

describe("a suspended account", () => {
  test("is refused by sessions, tokens, links, new sign-ins and device sign-ins, and let in again", async () => {
    const person = await makePerson(deps);
    const { token: session } = await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    const token = await makeToken(deps, person, ["read"]);
    const { url } = await deps.db.$transaction((tx) => createSignInLink(tx, { userId: person.userId, publicUrl: "http://localhost", now: deps.now() }));
    const link = new URL(url).searchParams.get("token") ?? "";
    await deps.db.deviceGrant.create({ data: { id: person.userId, userId: person.userId, deviceHash: uniqueName("d"), userCode: uniqueName("u"), client: "kos", scopes: ["read"], expiresAt: new Date(Date.now() + 60_000) } });
    await suspendUser(deps, { principal: keeper, userId: person.userId, reason });
    expect(await readSession(deps.db, session, deps.now())).toBeNull();
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
    expect(await useSignInLink(deps, { token: link, place: { device: null, network: null }, replaces: null })).toBeNull();
    expect((await deps.db.deviceGrant.findUniqueOrThrow({ where: { id: person.userId } })).deniedAt).not.toBeNull();
    await expect(deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()))).rejects.toMatchObject({ code: "forbidden" });
    await restoreUser(deps, { principal: keeper, userId: person.userId, reason });
    expect((await readToken(deps.db, token, deps.now()))?.userId).toBe(person.userId);
    expect(await useSignInLink(deps, { token: link, place: { device: null, network: null }, replaces: null })).toBeNull();
  });

  test("is never oneself, never twice, and two administrators cannot shut each other out", async () => {
    await expect(suspendUser(deps, { principal: keeper, userId: keeper.userId, reason })).rejects.toMatchObject({ code: "move-not-allowed" });
    const lonely = await openTestDeps();
    try {
      const [one, two] = [await makePerson(lonely, ["administrator"]), await makePerson(lonely, ["administrator"])];
      const ended = await Promise.allSettled([suspendUser(lonely, { principal: one, userId: two.userId, reason }), suspendUser(lonely, { principal: two, userId: one.userId, reason })]);
      expect(ended.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await lonely.db.user.count({ where: { suspendedAt: null } })).toBe(1);
    } finally {
      await lonely.close();
    }
    const person = await makePerson(deps);
    await suspendUser(deps, { principal: keeper, userId: person.userId, reason });
    await expect(suspendUser(deps, { principal: keeper, userId: person.userId, reason })).rejects.toMatchObject({ code: "move-not-allowed" });
  });

  test("is not needed to end sessions", async () => {
    const person = await makePerson(deps);
    for (let count = 0; count < 3; count++) await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
    const begun = await beginDeviceGrant(deps, { client: "laptop", scopes: ["read"], from: "203.0.113.9" });
    await answerDeviceGrant(deps, { principal: person, userCode: begun.user_code, approve: true });
    await expect(endSessionsOf(deps, { principal: { ...keeper, via: "token", sessionId: null, scopes: ["admin"] }, userId: person.userId, reason })).rejects.toMatchObject({ code: "forbidden" });
    expect(await endSessionsOf(deps, { principal: keeper, userId: person.userId, reason })).toBe(3);
    expect(await pollDeviceGrant(deps, { deviceCode: begun.device_code, now: deps.now() })).toEqual({ ok: false, error: "access_denied" });
    expect(await deps.db.session.count({ where: { userId: person.userId } })).toBe(0);
  });
});

test("reasons hold no address, since they are kept for ever", () => {
  expect(ReasonBody.safeParse({ reason: "Complaint of reader@example.org" }).success).toBe(false);
  expect(ReasonBody.safeParse({ reason: "Complaint of a reader @ noon" }).success).toBe(true);
  expect(ReasonBody.safeParse({ reason: "  " }).success).toBe(false);
});

test("accounts are found by part of address or name and by id, page after page, each once", async () => {
  const family = uniqueName("family");
  for (let count = 0; count < 7; count++) await makePerson(deps, count === 0 ? ["security"] : [], `${family}-${count}`);
  const query = (input: Record<string, unknown>) => UsersQuery.parse({ q: family, limit: 3, ...input });
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await listUsers(deps, query({ cursor }));
    seen.push(...items.map((item) => item.email));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(seen).toEqual([...Array(7).keys()].reverse().map((count) => `${family}-${count}@example.org`));
  const [security] = (await listUsers(deps, query({ role: "security" }))).items;
  expect(security?.email).toBe(`${family}-0@example.org`);
  expect((await listUsers(deps, query({ q: security?.id }))).items).toHaveLength(1);
  expect((await listUsers(deps, query({ q: "%_%" }))).items).toHaveLength(0);
  await expect(listUsers(deps, query({ cursor: "1 OR 1" }))).rejects.toMatchObject({ code: "bad-request" });
  expect((await readUser(deps, security?.id ?? "")).roles).toEqual(["security"]);
});

test("the audit trail is searched by actor, subject, name and time, and leaves as one line an event", async () => {
  const person = await makePerson(deps, ["administrator"]);
  const publisher = await makePublisher(deps, person);
  await suspendPublisher(deps, { principal: person, slug: publisher, reason });
  const search = async (input: Record<string, unknown>) => (await searchAudit(deps, AuditQuery.parse(input))).items.map((event) => event.name);
  expect(await search({ actor: person.userId })).toEqual(["accounts:publisher:suspend", "accounts:publisher:create"]);
  expect(await search({ subject: `publisher:${publisher}`, name: "accounts:publisher:s" })).toEqual(["accounts:publisher:suspend"]);
  expect(await search({ actor: person.userId, to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([]);
  expect(await search({ name: "no:such" })).toEqual([]);
  await expect(search({ actor: "somebody" })).rejects.toMatchObject({ code: "bad-request" });
  const lines = (await new Response(exportAudit(deps, AuditQuery.parse({}))).text()).trimEnd().split("\n").map((line) => JSON.parse(line) as { id: string });
  expect(lines).toHaveLength(await deps.db.auditEvent.count());
  expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
});

test("a message is read without what would sign its reader in, and sent again only when it was not", async () => {
  const person = await makePerson(deps);
  const url = "http://localhost:3999/sign-in/confirm?token=sesame-open-0123456789&email=reader";
  await deps.db.$transaction((tx) => queueMail(tx, deps, { to: person.email, ...signInMail({ url, host: "localhost" }) }));
  const [mail] = (await listMail(deps, MailQuery.parse({ state: "waiting", limit: 1 }))).items;
  expect(mail).toMatchObject({ to: person.email, state: "waiting" });
  const { text } = await readMail(deps, mail?.id ?? "");
  expect(text).toContain("/sign-in/confirm");
  expect(text).not.toContain("sesame");
  expect(await retryMail(deps, { id: mail?.id ?? "", actorId: keeper.userId })).toMatchObject({ state: "waiting" });
  await deps.db.mail.update({ where: { id: mail?.id ?? "" }, data: { sentAt: new Date() } });
  await expect(retryMail(deps, { id: mail?.id ?? "", actorId: keeper.userId })).rejects.toMatchObject({ code: "move-not-allowed" });
});

test("policy, storage and announcements answer to the desk", async () => {
  await expect(choosePolicy(deps, { principal: stale(keeper), policy: "solo", reason })).rejects.toMatchObject({ code: "step-up-required" });
  await expect(choosePolicy(deps, { principal: keeper, policy: "bootstrap", reason })).rejects.toMatchObject({ code: "bad-request" });
  expect((await choosePolicy(deps, { principal: keeper, policy: "solo", reason })).active.name).toBe("solo");
  expect((await readPolicy(deps)).choices.map((choice) => choice.name)).toEqual(["solo", "team"]);
  const orphan = { sha256: "ab".repeat(32), size: 12, mediaType: "text/plain", key: "artifacts/orphan" };
  await deps.db.artifact.create({ data: orphan });
  expect((await readStorage(deps)).unreferenced).toEqual({ objects: 1, bytes: 12 });
  await expect(createAnnouncement(deps, { principal: keeper, tone: "info", text: "Past", endsAt: new Date(0) })).rejects.toMatchObject({ code: "bad-request" });
});
