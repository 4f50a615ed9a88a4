import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerDeviceGrant, beginDeviceGrant, cancelEmailChange, confirmEmailChange, createSession, hasSecondFactor, judgeEmail, listIdentities, pollDeviceGrant, readEmailChange, readSession, requestEmailChange, undoEmailChange, type Principal } from "#lib/accounts/index.ts";
import { makePerson, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

/** Somebody in a browser session. */
const somebody = async () => ({ ...(await makePerson(deps)), sessionId: crypto.randomUUID() });
const code = (promise: Promise<unknown>) => promise.then(() => "done", (error: { code?: string }) => error.code);
const addressOf = async (userId: string) => (await deps.db.user.findUniqueOrThrow({ where: { id: userId } })).email;
const freshAddress = () => `${uniqueName("new")}@example.org`;

/** The newest mail of a kind to an address; its token, where it has one. */
async function mailTo(email: string, event: string): Promise<{ text: string; token: string } | null> {
  const mail = await deps.db.mail.findFirst({ where: { to: email, event }, orderBy: { createdAt: "desc" } });
  return mail === null ? null : { text: mail.text, token: /token=(\S+)/.exec(mail.text)?.[1] ?? "" };
}

/** Somebody who asked for another address, with the token that went there. */
async function asked(person?: Principal) {
  const owner = person ?? (await somebody());
  const email = freshAddress();
  await requestEmailChange(deps, { principal: owner, email });
  return { owner, email, token: (await mailTo(email, "account.email-confirm"))?.token ?? "" };
}

/** Somebody whose address was changed, with the token that takes it back. */
async function changed() {
  const { owner, email, token } = await asked();
  await confirmEmailChange(deps, { principal: owner, token });
  return { owner, email, old: owner.email, undo: (await mailTo(owner.email, "account.email-changed"))?.token ?? "" };
}

describe("another address", () => {
  test("becomes the account's when its link is used: once, of twenty at once", async () => {
    const { owner, email, token } = await asked();
    expect(await addressOf(owner.userId), "not before").toBe(owner.email);
    expect(await readEmailChange(deps, owner.userId)).toMatchObject({ email });
    const codes = await Promise.all(Array.from({ length: 20 }, () => code(confirmEmailChange(deps, { principal: owner, token }))));
    expect(codes.filter((one) => one === "done")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["done", "gone"]));
    expect(await addressOf(owner.userId)).toBe(email);
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "account.email-changed" } })).toBe(1);
    const events = await deps.db.auditEvent.findMany({ where: { subject: `user:${owner.userId}`, name: { startsWith: "accounts:email:" } } });
    expect(events.map(({ name }) => name).sort()).toEqual(["accounts:email:change", "accounts:email:request"]);
    expect(JSON.stringify(events)).not.toContain("@");
  });

  test("not with a link that is a day old, was replaced, is another's, or is none", async () => {
    const { owner, token } = await asked();
    const later = { ...deps, now: () => new Date(deps.now().getTime() + DAY + 1000) };
    expect(await code(confirmEmailChange(later, { principal: owner, token }))).toBe("gone");
    expect(await code(confirmEmailChange(deps, { principal: await somebody(), token })), "a stranger's session").toBe("gone");
    expect(await code(confirmEmailChange(deps, { principal: owner, token: "guessed" }))).toBe("gone");
    await asked(owner);
    expect(await code(confirmEmailChange(deps, { principal: owner, token })), "replaced").toBe("gone");
    expect(await addressOf(owner.userId)).toBe(owner.email);
  });

  test("asked for by mistake is taken back by its owner: its link is worth nothing then", async () => {
    const { owner, token } = await asked();
    expect(await code(cancelEmailChange(deps, await somebody())), "a stranger's").toBe("not-found");
    expect(await code(cancelEmailChange(deps, { ...owner, via: "token", sessionId: null }))).toBe("forbidden");
    await cancelEmailChange(deps, owner);
    expect(await readEmailChange(deps, owner.userId)).toBeNull();
    expect(await code(confirmEmailChange(deps, { principal: owner, token }))).toBe("gone");
    expect(await code(cancelEmailChange(deps, owner)), "twice").toBe("not-found");
    expect(await addressOf(owner.userId)).toBe(owner.email);
    expect(await deps.db.auditEvent.count({ where: { subject: `user:${owner.userId}`, name: "accounts:email:cancel" } })).toBe(1);
  });

  test("takes a fresh sign-in and a session", async () => {
    const owner = await somebody();
    const stale = { ...owner, authenticatedAt: new Date(deps.now().getTime() - 2 * 3_600_000) };
    expect(await code(requestEmailChange(deps, { principal: stale, email: freshAddress() }))).toBe("step-up-required");
    expect(await code(requestEmailChange(deps, { principal: { ...owner, via: "token", sessionId: null }, email: freshAddress() }))).toBe("forbidden");
    expect(await code(requestEmailChange(deps, { principal: owner, email: `${owner.email}, victim@example.org` }))).toBe("bad-request");
    expect(await deps.db.emailChange.count({ where: { userId: owner.userId } })).toBe(0);
  });

  test("that has an account is answered alike, and its owner is told instead", async () => {
    const [owner, victim] = [await somebody(), await somebody()];
    const answer = await requestEmailChange(deps, { principal: owner, email: victim.email.toUpperCase() });
    expect(Object.keys(answer)).toEqual(["email", "expiresAt"]);
    expect(await readEmailChange(deps, owner.userId)).toEqual(answer);
    expect(await mailTo(victim.email, "account.email-confirm")).toBeNull();
    expect((await mailTo(victim.email, "account.email-taken"))?.text).toContain("nothing was changed");
  });

  test("that gets an account meanwhile stays that account's", async () => {
    const { owner, email, token } = await asked();
    await deps.db.user.create({ data: { id: crypto.randomUUID(), email } });
    expect(await code(confirmEmailChange(deps, { principal: owner, token }))).toBe("gone");
    expect(await addressOf(owner.userId)).toBe(owner.email);
  });

  test("leaves no sign-in link of the old one behind", async () => {
    const { owner, token } = await asked();
    await deps.db.verificationToken.create({ data: { identifier: owner.email, tokenHash: uniqueName("hash"), expires: new Date(Date.now() + DAY) } });
    await confirmEmailChange(deps, { principal: owner, token });
    expect(await deps.db.verificationToken.count({ where: { identifier: owner.email } })).toBe(0);
  });
});

describe("taking a change of address back", () => {
  test("gives the old address back, once, and shuts out whoever changed it", async () => {
    const { owner, old, undo } = await changed();
    const { token: session } = await deps.db.$transaction((tx) => createSession(tx, owner.userId, deps.now()));
    await makeToken(deps, owner, ["read"]);
    await deps.db.account.create({ data: { id: crypto.randomUUID(), userId: owner.userId, type: "oauth", provider: "oidc", providerAccountId: uniqueName("thief") } });
    const codes = await Promise.all(Array.from({ length: 20 }, () => code(undoEmailChange(deps, { token: undo }))));
    expect(codes.filter((one) => one === "done")).toHaveLength(1);
    expect(await addressOf(owner.userId)).toBe(old);
    expect(await readSession(deps.db, session, deps.now())).toBeNull();
    expect(await deps.db.apiToken.count({ where: { userId: owner.userId, revokedAt: null } })).toBe(0);
    expect(await listIdentities(deps, owner.userId)).toEqual([]);
  });

  test("leaves alone what was there before", async () => {
    const owner = await somebody();
    await makeToken(deps, owner, ["read"]);
    const before = new Date(deps.now().getTime() - 8 * DAY);
    await deps.db.apiToken.updateMany({ where: { userId: owner.userId }, data: { createdAt: before } });
    await deps.db.account.create({ data: { id: crypto.randomUUID(), userId: owner.userId, type: "oauth", provider: "oidc", providerAccountId: uniqueName("own"), createdAt: before } });
    await deps.db.totp.create({ data: { userId: owner.userId, sealed: "sealed", createdAt: before, confirmedAt: before } });
    const { token } = await asked({ ...owner, steppedUpAt: deps.now() });
    await confirmEmailChange(deps, { principal: owner, token });
    await undoEmailChange(deps, { token: (await mailTo(owner.email, "account.email-changed"))?.token ?? "" });
    expect(await deps.db.apiToken.count({ where: { userId: owner.userId, revokedAt: null } })).toBe(1);
    expect(await listIdentities(deps, owner.userId)).toHaveLength(1);
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(true);
  });

  test("takes away the ways in that the thief added before changing it", async () => {
    const owner = await somebody();
    const { userId } = owner;
    const [earlier, begun] = [new Date(deps.now().getTime() - 2 * DAY), new Date(deps.now().getTime() - 7 * DAY - 60_000)];
    await makeToken(deps, owner, ["read"]);
    await deps.db.apiToken.updateMany({ where: { userId }, data: { createdAt: earlier } });
    await deps.db.account.create({ data: { id: crypto.randomUUID(), userId, type: "oauth", provider: "oidc", providerAccountId: uniqueName("thief"), createdAt: earlier } });
    await deps.db.passkey.create({ data: { id: crypto.randomUUID(), userId, credentialId: uniqueName("key"), publicKey: Buffer.from("k"), counter: 0n, transports: [], backedUp: false, name: "thief", createdAt: earlier } });
    await deps.db.totp.create({ data: { userId, sealed: "sealed", createdAt: begun, confirmedAt: new Date(begun.getTime() + 120_000) } });
    await deps.db.recoveryCode.create({ data: { id: crypto.randomUUID(), userId, codeHash: uniqueName("code"), createdAt: earlier } });
    const { token } = await asked({ ...owner, steppedUpAt: deps.now() });
    await confirmEmailChange(deps, { principal: owner, token });
    await undoEmailChange(deps, { token: (await mailTo(owner.email, "account.email-changed"))?.token ?? "" });
    expect(await listIdentities(deps, userId)).toEqual([]);
    expect(await hasSecondFactor(deps.db, userId), "the owner signs in and proves nothing else").toBe(false);
    expect(await deps.db.recoveryCode.count({ where: { userId } })).toBe(0);
    expect(await deps.db.apiToken.count({ where: { userId, revokedAt: null } })).toBe(0);
  });

  test("denies the command line that the thief approved and that has not fetched its token", async () => {
    const { owner, undo } = await changed();
    const begun = await beginDeviceGrant(deps, { client: "thief", scopes: ["publish"], from: "203.0.113.9" });
    await answerDeviceGrant(deps, { principal: owner, userCode: begun.user_code, approve: true });
    await undoEmailChange(deps, { token: undo });
    expect(await pollDeviceGrant(deps, { deviceCode: begun.device_code, now: deps.now() })).toEqual({ ok: false, error: "access_denied" });
    expect(await deps.db.apiToken.count({ where: { userId: owner.userId } })).toBe(0);
  });

  test("not after seven days, and not with a guess", async () => {
    const { owner, email, undo } = await changed();
    const later = { ...deps, now: () => new Date(deps.now().getTime() + 7 * DAY + 1000) };
    expect(await code(undoEmailChange(later, { token: undo }))).toBe("gone");
    expect(await code(undoEmailChange(deps, { token: "guessed" }))).toBe("gone");
    expect(await addressOf(owner.userId)).toBe(email);
  });

  test("undoes the changes after it; their own links are spent with it", async () => {
    const { owner, email: second, old, undo } = await changed();
    const { email: third, token } = await asked({ ...owner, email: second });
    await confirmEmailChange(deps, { principal: owner, token });
    expect(await addressOf(owner.userId)).toBe(third);
    await undoEmailChange(deps, { token: undo });
    expect(await addressOf(owner.userId)).toBe(old);
    expect(await code(undoEmailChange(deps, { token: (await mailTo(second, "account.email-changed"))?.token ?? "" }))).toBe("gone");
    expect(await addressOf(owner.userId)).toBe(old);
  });

  test("cannot be blocked: nobody else gets the old address while it may go back", async () => {
    const { old, undo } = await changed();
    expect(await judgeEmail(deps, old)).toBe("AddressHeld");
    const thief = await somebody();
    await requestEmailChange(deps, { principal: thief, email: old });
    expect(await mailTo(old, "account.email-confirm")).toBeNull();
    expect((await undoEmailChange(deps, { token: undo })).email).toBe(old);
    expect(await judgeEmail(deps, old)).toBeNull();
    const later = await changed();
    expect(await judgeEmail({ ...deps, now: () => new Date(deps.now().getTime() + 7 * DAY + 1000) }, later.old)).toBeNull();
  });
});
