import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSession, createSignInLink, ensureUser, readSession, readToken, rolesOf, type Principal } from "#lib/accounts/index.ts";
import { suspendUser } from "#lib/admin/index.ts";
import { queueMail, sendMail, submissionMail } from "#lib/mail/index.ts";
import { deleteAccount, exportAccount } from "#lib/people/index.ts";
import { newId } from "#lib/platform/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import { readSubmission } from "#lib/submissions/index.ts";
import { sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { addMember, makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { rowsOfAccount, searchDatabase } from "#tests/support/search-database.ts";
import { publishService, submissionInReview, submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let other: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  other = await makePerson(deps, ["administrator"]);
});
afterAll(() => deps.close());

const remove = (principal: Principal, email = principal.email) => deleteAccount(deps, { principal, email });

/** A person with a name, whose session was opened just now. */
async function namedPerson(roles: Parameters<typeof makePerson>[1] = []): Promise<Principal> {
  const person = await makePerson(deps, roles, uniqueName("leaver"));
  const name = `Ada ${uniqueName("Lovelace")}`;
  await deps.db.user.update({ where: { id: person.userId }, data: { name } });
  const { token } = await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
  const principal = await readSession(deps.db, token, deps.now());
  if (principal === null) throw new Error("the session was not stored");
  return { ...principal, steppedUpAt: deps.now() };
}

/** Something of everything that leads to a person. */
async function liveHere(person: Principal): Promise<{ listing: string; decided: string }> {
  const publisher = await makePublisher(deps, person);
  const listing = uniqueName("harbour");
  await publishService(deps, { principal: person, publisher }, listing);
  await submitBytes(deps, { principal: person, publisher }, "manifest", serviceManifest(uniqueName("waiting")));
  const elsewhere = await makePublisher(deps, other);
  const { id, stateVersion } = await submissionInReview(deps, { principal: other, publisher: elsewhere }, uniqueName("judged"));
  await decideSubmission(deps, { principal: person, id, decision: "reject", reason: "It does not start.", stateVersion });
  await makeToken(deps, person, ["publish"]);
  const { userId } = person;
  const later = new Date(Date.now() + 3_600_000);
  await deps.db.$transaction(async (tx) => {
    await createSignInLink(tx, { userId, publicUrl: "http://localhost:3999", now: deps.now() });
    await queueMail(tx, deps, { to: person.email, ...submissionMail({ event: "rejected", listing, version: "1.0.0", by: "somebody", reason: "no", url: "http://localhost:3999/" }) });
    await tx.account.create({ data: { id: newId(), userId, type: "oauth", provider: "github", providerAccountId: uniqueName("gh"), label: person.email } });
    await tx.passkey.create({ data: { id: newId(), userId, credentialId: uniqueName("key"), publicKey: Buffer.from("k"), counter: 0n, transports: [], backedUp: false, name: `${person.name ?? ""}'s phone` } });
    await tx.knownPlace.create({ data: { userId, placeHash: uniqueName("place") } });
    await tx.totp.create({ data: { userId, sealed: "sealed" } });
    await tx.recoveryCode.create({ data: { id: newId(), userId, codeHash: uniqueName("code") } });
    await tx.emailChange.create({ data: { id: newId(), userId, oldEmail: person.email, newEmail: `new-${person.email}`, tokenHash: uniqueName("t"), undoHash: uniqueName("u"), expiresAt: later } });
    await tx.factorUndo.create({ data: { id: newId(), userId, tokenHash: uniqueName("f"), expiresAt: later } });
    await tx.deviceGrant.create({ data: { id: newId(), userId, deviceHash: uniqueName("d"), userCode: uniqueName("c"), client: "kos", scopes: ["read"], expiresAt: later } });
    await tx.verificationToken.create({ data: { identifier: person.email, tokenHash: uniqueName("v"), expires: later } });
    const team = await tx.publisher.findUniqueOrThrow({ where: { slug: elsewhere } });
    await tx.invitation.create({ data: { id: newId(), publisherId: team.id, email: person.email, role: "viewer", tokenHash: uniqueName("i"), invitedById: userId, expiresAt: later } });
    await tx.nameClaim.create({ data: { id: newId(), kind: "publisher", subject: uniqueName("name"), userId, evidence: `I am ${person.email}`, noticeUntil: later, decidedAt: deps.now(), granted: false } });
  });
  for (const mail of await deps.db.mail.findMany()) await sendMail(deps, { mailId: mail.id });
  await addMember(deps, person, publisher, other, "owner");
  return { listing, decided: id };
}

describe("an account that published, decided and is named everywhere", () => {
  test("is deleted: nothing names the person any more, what others rely on stays, and the record is sound", async () => {
    const person = await namedPerson(["reviewer", "administrator"]);
    const words = [person.email, person.name ?? "", person.email.split("@")[0] ?? ""];
    const { listing, decided } = await liveHere(person);
    await sequenceLeaves(deps);
    const before = await searchDatabase(deps, words);
    expect(before.map((hit) => hit.place)).toEqual(expect.arrayContaining(["public.User.email", "public.Decision.deciderName", "public.Mail.to", "public.Invitation.email", "public.NameClaim.evidence", "public.Passkey.name"]));
    expect(await deps.db.logCommitment.count({ where: { userId: person.userId } })).toBeGreaterThan(0);

    await remove(person);
    const goodbye = await deps.db.mail.findMany({ where: { to: person.email } });
    expect(goodbye.map((mail) => mail.event)).toEqual(["account.deleted"]);
    for (const mail of goodbye) await sendMail(deps, { mailId: mail.id });

    expect(await searchDatabase(deps, words)).toEqual([]);
    const left = await rowsOfAccount(deps, person.userId);
    process.stdout.write(`what remains of a deleted account, by its id: ${JSON.stringify(left)}\n`);
    expect(Object.keys(left).sort()).toEqual(["AuditEvent.actorId", "Decision.deciderId", "Submission.submittedById", "User.id"]);
    expect(await deps.db.version.count({ where: { listing: { slug: listing } } })).toBe(1);
    expect((await readSubmission(deps, decided, other))?.decisions[0]?.decider).toBe("a deleted account");
    await sequenceLeaves(deps);
    expect(await verifyRecord(deps)).toMatchObject({ ok: true, faults: [] });
  });

  test("its address makes a new account without the old rights", async () => {
    const person = await namedPerson(["reviewer"]);
    const token = await makeToken(deps, person, ["read"]);
    await remove(person);
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
    await expect(deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()))).rejects.toMatchObject({ code: "forbidden" });
    const again = await ensureUser(deps.db, person.email);
    expect(again.id).not.toBe(person.userId);
    expect(await rolesOf(deps.db, again.id)).toEqual([]);
    await expect(ensureUser(deps.db, `deleted-${person.userId}@invalid`)).rejects.toMatchObject({ code: "bad-request" });
  });
});

test("an account's name blanks no message of others, and its address only where it stands whole", async () => {
  const tag = uniqueName("mail");
  const person = await makePerson(deps, [], `a.b-${tag}`);
  await deps.db.user.update({ where: { id: person.userId }, data: { name: "e" } });
  const texts = [`Write to ${person.email.toUpperCase()}.`, `See <${person.email}>, please`, `Not to x.${person.email} here`, `Not to ${person.email}.net here`, `Not to ${person.email.replace(".", "x")} here`, "The release is here"];
  for (const text of texts) await deps.db.mail.create({ data: { id: newId(), to: other.email, event: tag, subject: text, text, html: `<p>${text}</p>`, sentAt: deps.now() } });
  await remove({ ...person, name: "e", sessionId: newId() });
  const left = await deps.db.mail.findMany({ where: { event: tag } });
  expect(left.map((mail) => mail.text).sort()).toEqual(["", "", ...texts.slice(2)].sort());
  expect(left.map((mail) => mail.html).sort()).toEqual(["", "", ...texts.slice(2).map((text) => `<p>${text}</p>`)].sort());
  expect(left.map((mail) => mail.subject).sort()).toEqual(["(removed)", "(removed)", ...texts.slice(2)].sort());
});

describe("refusals change nothing", () => {
  const untouched = async (person: Principal) => expect(await deps.db.user.findUnique({ where: { id: person.userId } })).toMatchObject({ email: person.email, deletedAt: null });

  test("the last owner of a publisher with listings hands over first", async () => {
    const person = await namedPerson();
    const publisher = await makePublisher(deps, person);
    await publishService(deps, { principal: person, publisher }, uniqueName("mole"));
    await expect(remove(person)).rejects.toMatchObject({ code: "move-not-allowed", members: { publishers: [publisher] } });
    await untouched(person);
    await addMember(deps, person, publisher, other, "owner");
    await remove(person);
  });

  test("of two last owners who leave at once one stays", async () => {
    const [one, two] = [await namedPerson(), await namedPerson()];
    const publisher = await makePublisher(deps, one);
    await publishService(deps, { principal: one, publisher }, uniqueName("quay"));
    await addMember(deps, one, publisher, two, "owner");
    const ended = await Promise.allSettled([remove(one), remove(two)]);
    expect(ended.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await deps.db.membership.count({ where: { publisher: { slug: publisher }, role: "owner" } })).toBe(1);
  });

  test("another address, a token and an old sign-in are refused", async () => {
    const person = await namedPerson();
    await expect(remove(person, "someone@example.org")).rejects.toMatchObject({ code: "bad-request" });
    await expect(remove({ ...person, via: "token" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(remove({ ...person, authenticatedAt: new Date(0), steppedUpAt: null })).rejects.toMatchObject({ code: "step-up-required" });
    await expect(exportAccount(deps, { ...person, via: "token" })).rejects.toMatchObject({ code: "forbidden" });
    await untouched(person);
  });

  test("the last administrator stays, also when two leave at once", async () => {
    const lonely = await openTestDeps();
    try {
      const [one, two] = [await makePerson(lonely, ["administrator"]), await makePerson(lonely, ["administrator"])];
      const leave = (principal: Principal) => deleteAccount(lonely, { principal, email: principal.email });
      const ended = await Promise.allSettled([leave(one), leave(two)]);
      expect(ended.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
      const [left] = await lonely.db.userRole.findMany({ where: { role: "administrator" } });
      const last = left?.userId === one.userId ? one : two;
      await expect(leave(last)).rejects.toMatchObject({ code: "move-not-allowed", message: expect.stringContaining("last administrator") as string });
    } finally {
      await lonely.close();
    }
  });
});

test("the export holds everything and no secret", async () => {
  const person = await namedPerson(["reviewer"]);
  const { listing } = await liveHere(person);
  const text = JSON.stringify(await exportAccount(deps, person));
  for (const held of [person.email, person.name ?? "", listing, "It does not start.", "accounts:session:create", "github", "phone"]) expect(text).toContain(held);
  const secrets = [
    ...(await deps.db.session.findMany({ where: { userId: person.userId } })).map((row) => row.tokenHash),
    ...(await deps.db.apiToken.findMany({ where: { userId: person.userId } })).map((row) => row.tokenHash),
    ...(await deps.db.emailChange.findMany({ where: { userId: person.userId } })).flatMap((row) => [row.tokenHash, row.undoHash]),
    ...(await deps.db.invitation.findMany({ where: { email: person.email } })).map((row) => row.tokenHash),
    "sealed",
  ];
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(await deps.db.auditEvent.count({ where: { name: "accounts:user:export", actorId: person.userId } })).toBe(1);
});

test("messages go with the account that they were written to, not with an address that changed hands", async () => {
  const [before, after] = [await namedPerson(), await namedPerson()];
  const write = (to: string, listing: string) => deps.db.$transaction((tx) => queueMail(tx, deps, { to, ...submissionMail({ event: "rejected", listing, version: "1.0.0", by: "somebody", reason: "no", url: "http://localhost:3999/" }) }));
  const [first, second] = [uniqueName("first"), uniqueName("second")];
  await write(before.email, first);
  await deps.db.user.update({ where: { id: before.userId }, data: { email: `moved-${before.email}` } });
  await deps.db.user.update({ where: { id: after.userId }, data: { email: before.email } });
  await write(before.email, second);
  const mailsOf = async (principal: Principal) => JSON.stringify((await exportAccount(deps, principal))["mails"]);
  const [moved, heir] = [await mailsOf({ ...before, email: `moved-${before.email}` }), await mailsOf({ ...after, email: before.email })];
  expect([moved.includes(first), moved.includes(second), heir.includes(first), heir.includes(second)]).toEqual([true, false, false, true]);
  await remove({ ...before, email: `moved-${before.email}` });
  expect(await deps.db.mail.count({ where: { to: before.email, subject: { contains: first } } }), "the old address, the account that is gone").toBe(0);
  expect(await deps.db.mail.count({ where: { to: before.email, userId: after.userId } })).toBe(1);
});

test("no event that the registry writes holds an address", async () => {
  const person = await namedPerson(["administrator"]);
  await suspendUser(deps, { principal: other, userId: person.userId, reason: "Uploads by a script." });
  const rows = await deps.db.$queryRaw<{ name: string; data: unknown }[]>`SELECT "name" AS name, "data" AS data FROM "AuditEvent" WHERE "data"::text ~ '[^ "]@[^ "]+[.]' AND "name" NOT LIKE 'review:%'`;
  expect(rows).toEqual([]);
});
