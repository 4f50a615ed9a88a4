import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  answerDeviceGrant, beginDeviceGrant, confirmEmailChange, confirmTotp, createSession, createSignInLink, hasSecondFactor, listIdentities, makeRecoveryCodes, passkeyRegistrationOptions, pollDeviceGrant, readEmailChange,
  readSession, readToken, registerPasskey, removeAllFactors, removePasskey, removeTotp, requestEmailChange, requireStepUp, startTotp, undoEmailChange, undoFirstFactor, type Principal,
} from "#lib/accounts/index.ts";
import { suspendUser } from "#lib/admin/index.ts";
import { deleteAccount } from "#lib/people/index.ts";
import { confirmWorkflow, listWorkflows, trustWorkflow } from "#lib/workflows/index.ts";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { addPasskey, addTotp, codeAt, fresh, signedIn } from "#tests/support/factors.ts";
import { makeAuthenticator } from "#tests/support/software-authenticator.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
/** Whoever has the mailbox, and somebody who holds a session of the same account. */
let owner: Principal;
let thief: Principal;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());
beforeEach(async () => {
  owner = await signedIn(deps, await makePerson(deps));
  thief = await signedIn(deps, owner);
});

const code = (promise: Promise<unknown>) => promise.then(() => "done", (error: { code?: string }) => error.code);
const undo = (token: string, at: Pick<TestDeps, "now"> = deps) => undoFirstFactor({ ...deps, now: at.now }, { token });
const links = () => deps.db.factorUndo.count({ where: { userId: owner.userId } });
const addressNow = async () => (await deps.db.user.findUniqueOrThrow({ where: { id: owner.userId } })).email;

/** The tokens in the mails of a kind to an address, oldest first. */
async function tokensOf(event: string, to = owner.email): Promise<string[]> {
  const mails = await deps.db.mail.findMany({ where: { to, event }, orderBy: { id: "asc" } });
  return mails.map((mail) => /token=(\S+)/.exec(mail.text)?.[1] ?? "");
}
const newest = async (event = "factor.first-added", to = owner.email) => (await tokensOf(event, to)).at(-1) ?? "";

/** The thief confirms another address for the account. */
async function moveAddress(): Promise<string> {
  const email = `${uniqueName("thief")}@example.org`;
  const principal = await fresh(deps, { ...thief, email: await addressNow() });
  await requestEmailChange(deps, { principal, email });
  await confirmEmailChange(deps, { principal, token: await newest("account.email-confirm", email) });
  return email;
}

describe("the mail of a first second factor", () => {
  test("has a link, kept as a hash; later factors have none", async () => {
    await addTotp(deps, thief);
    await addPasskey(deps, await fresh(deps, thief));
    expect([await tokensOf("factor.first-added"), await tokensOf("factor.added")]).toEqual([[expect.stringMatching(/^[\w-]{43}$/)], [""]]);
    const [row] = await deps.db.factorUndo.findMany({ where: { userId: owner.userId } });
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)).toBe(7 * DAY);
  });

  test("of a passkey and an app added at the same moment, one is the first", async () => {
    const app = await startTotp(deps, owner);
    const options = await passkeyRegistrationOptions(deps, thief);
    const answer = makeAuthenticator(deps.config.publicUrl).register(options);
    const added = await Promise.allSettled([confirmTotp(deps, { principal: owner, code: codeAt(deps, app.secret) }), registerPasskey(deps, { principal: thief, name: "x", answer })]);
    expect(added.map(({ status }) => status)).toContain("fulfilled");
    expect(await links()).toBe(1);
  });
});

describe("the link", () => {
  test("lets no workflow publish in the owner's name that a thief may have registered or taken over", async () => {
    const slug = await makePublisher(deps, owner);
    const workflow = { issuer: deps.config.trustedIssuers[0]?.url ?? "", repository: "thief/tools", workflow: "release.yml", selfHosted: false };
    const id = await trustWorkflow(deps, { principal: thief, slug, workflow });
    await deps.db.trustedWorkflow.update({ where: { id }, data: { createdAt: new Date(deps.now().getTime() - 400 * DAY) } });
    await addTotp(deps, thief);
    expect(await undo(await newest())).toEqual({ email: owner.email });
    expect(await listWorkflows(deps, slug)).toMatchObject([{ id, state: "resting" }]);
    await confirmWorkflow(deps, { principal: await signedIn(deps, owner), slug, id });
    expect(await listWorkflows(deps, slug)).toMatchObject([{ id, state: "active" }]);
  });

  test("gives an owner who was locked out the account back, and leaves the thief nothing", async () => {
    await addTotp(deps, thief);
    await expect(requireStepUp(deps, owner), "the hole").rejects.toMatchObject({ code: "step-up-required" });
    const stepped = await fresh(deps, thief);
    await addPasskey(deps, stepped);
    await makeRecoveryCodes(deps, stepped);
    const token = await makeToken(deps, stepped, ["read"]);
    await deps.db.account.create({ data: { id: crypto.randomUUID(), userId: owner.userId, type: "oauth", provider: "oidc", providerAccountId: uniqueName("thief"), createdAt: new Date(deps.now().getTime() - 6 * DAY) } });
    const begun = await beginDeviceGrant(deps, { client: "thief", scopes: ["publish"], from: "203.0.113.9" });
    await answerDeviceGrant(deps, { principal: stepped, userCode: begun.user_code, approve: true });
    await deps.db.$transaction((tx) => createSignInLink(tx, { userId: owner.userId, publicUrl: "http://localhost:3999", now: deps.now() }));
    const { token: session } = await deps.db.$transaction((tx) => createSession(tx, owner.userId, deps.now()));

    expect(await undo(await newest())).toEqual({ email: owner.email });
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(false);
    expect(await readSession(deps.db, session, deps.now())).toBeNull();
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
    expect(await listIdentities(deps, owner.userId)).toEqual([]);
    expect(await pollDeviceGrant(deps, { deviceCode: begun.device_code, now: deps.now() })).toEqual({ ok: false, error: "access_denied" });
    for (const table of ["session", "signInLink", "recoveryCode", "factorUndo"] as const) expect(await (deps.db[table] as typeof deps.db.session).count({ where: { userId: owner.userId } }), table).toBe(0);
    await expect(requireStepUp(deps, await signedIn(deps, owner)), "the owner signs in and may act").resolves.toBeUndefined();
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "factor.undone" } })).toBe(1);
    const event = await deps.db.auditEvent.findFirstOrThrow({ where: { subject: `user:${owner.userId}`, name: "accounts:factor:undo" } });
    expect(event.data).toMatchObject({ sessions: 3, passkeys: 1, authenticators: 1, recoveryCodes: 10, tokens: 1, identities: 1, devices: 1, links: 1 });
    expect(JSON.stringify(event.data)).not.toContain("@");
  });

  test("leaves alone what was there more than a week before", async () => {
    const before = new Date(deps.now().getTime() - 8 * DAY);
    await makeToken(deps, owner, ["read"]);
    await deps.db.apiToken.updateMany({ where: { userId: owner.userId }, data: { createdAt: before } });
    await deps.db.account.create({ data: { id: crypto.randomUUID(), userId: owner.userId, type: "oauth", provider: "oidc", providerAccountId: uniqueName("own"), createdAt: before } });
    await addTotp(deps, thief);
    await undo(await newest());
    expect([await deps.db.apiToken.count({ where: { userId: owner.userId, revokedAt: null } }), (await listIdentities(deps, owner.userId)).length]).toEqual([1, 1]);
  });

  test("works once, of twenty at once; not after seven days, and not with a guess", async () => {
    await addTotp(deps, thief);
    const token = await newest();
    expect(await code(undo("guessed"))).toBe("gone");
    expect(await code(undo(token, { now: () => new Date(deps.now().getTime() + 7 * DAY) }))).toBe("gone");
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(true);
    const codes = await Promise.all(Array.from({ length: 20 }, () => code(undo(token))));
    expect(codes.filter((one) => one === "done")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["done", "gone"]));
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "factor.undone" } })).toBe(1);
    expect(await deps.db.auditEvent.count({ where: { subject: `user:${owner.userId}`, name: "accounts:factor:undo" } })).toBe(1);
  });

  test("and the one of a later first factor, pressed at once: one works, neither waits for the other for ever", async () => {
    for (const _ of [1, 2]) {
      await addTotp(deps, await fresh(deps, thief));
      await removeTotp(deps, await fresh(deps, thief));
    }
    expect(await links()).toBe(2);
    const codes = await Promise.all((await tokensOf("factor.first-added")).map((token) => code(undo(token))));
    expect(codes.sort()).toEqual(["done", "gone"]);
    expect(await links()).toBe(0);
  });

  test("stays good when the thief removes that factor, having added another", async () => {
    await addTotp(deps, thief);
    await addPasskey(deps, await fresh(deps, thief));
    await removeTotp(deps, await fresh(deps, thief));
    await undo(await newest());
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(false);
  });

  test("stays good when the thief begins again with a first factor, whose own link works too", async () => {
    await addTotp(deps, thief);
    await removeTotp(deps, await fresh(deps, thief));
    await addPasskey(deps, await fresh(deps, thief));
    const [first = "", second = ""] = await tokensOf("factor.first-added");
    await undo(first);
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(false);
    expect(await code(undo(second)), "spent with the other").toBe("gone");
  });

  test("takes the address back that the thief changed since, as often as it was, and drops the change that waits", async () => {
    await addTotp(deps, thief);
    await moveAddress();
    const second = await moveAddress();
    await requestEmailChange(deps, { principal: await fresh(deps, { ...thief, email: second }), email: `${uniqueName("third")}@example.org` });
    expect(await undo(await newest())).toEqual({ email: owner.email });
    expect(await addressNow()).toBe(owner.email);
    expect(await readEmailChange(deps, owner.userId)).toBeNull();
    expect(await deps.db.mail.count({ where: { to: second, event: "factor.undone" } }), "the thief is told nothing").toBe(0);
    expect(await code(undoEmailChange(deps, { token: await newest("account.email-changed", owner.email) })), "that way back is spent too").toBe("gone");
  });

  test("leaves an address that was changed before, and that its owner took back with its own link: then it is spent", async () => {
    const stolen = await moveAddress();
    await addTotp(deps, await fresh(deps, { ...thief, email: stolen }));
    const theThiefs = await newest("factor.first-added", stolen);
    await undoEmailChange(deps, { token: await newest("account.email-changed", owner.email) });
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(false);
    await addTotp(deps, await signedIn(deps, owner));
    expect(await code(undo(theThiefs)), "mailed to the thief").toBe("gone");
    expect(await hasSecondFactor(deps.db, owner.userId), "the owner's own").toBe(true);
  });

  test("is spent when the operator removes the factors, and when the account is deleted", async () => {
    await addTotp(deps, thief);
    const token = await newest();
    await removeAllFactors(deps, owner.userId);
    expect(await code(undo(token))).toBe("gone");
    const again = await signedIn(deps, owner);
    await addTotp(deps, again);
    const last = await newest();
    await deleteAccount(deps, { principal: await fresh(deps, again), email: owner.email });
    expect([await code(undo(last)), await links()]).toEqual(["gone", 0]);
  });

  test("works while the account is suspended, and opens nothing", async () => {
    const administrator = await makePerson(deps, ["administrator"]);
    await addTotp(deps, thief);
    await suspendUser(deps, { principal: administrator, userId: owner.userId, reason: "It sends strange things." });
    await undo(await newest());
    expect(await hasSecondFactor(deps.db, owner.userId)).toBe(false);
    await expect(deps.db.$transaction((tx) => createSession(tx, owner.userId, deps.now()))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("beside the thief's next passkey: whoever comes first, no factor of theirs is left", async () => {
    for (let round = 0; round < 5; round++) {
      owner = await signedIn(deps, await makePerson(deps));
      thief = await signedIn(deps, owner);
      await addTotp(deps, thief);
      const principal = await fresh(deps, thief);
      const answer = makeAuthenticator(deps.config.publicUrl).register(await passkeyRegistrationOptions(deps, principal));
      const token = await newest();
      const [undone] = await Promise.all([code(undo(token)), code(registerPasskey(deps, { principal, name: "late", answer }))]);
      expect([undone, await hasSecondFactor(deps.db, owner.userId)]).toEqual(["done", false]);
    }
  });

  test("is kept by removing one of two factors as its owner, who may press it later", async () => {
    await addTotp(deps, owner);
    await addPasskey(deps, await fresh(deps, owner));
    const { id } = await deps.db.passkey.findFirstOrThrow({ where: { userId: owner.userId } });
    await removePasskey(deps, { principal: await fresh(deps, owner), id });
    expect(await links()).toBe(1);
  });
});
