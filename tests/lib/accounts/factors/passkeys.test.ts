import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { passkeyRegistrationOptions, passkeySignInOptions, passkeyStepUpOptions, readSession, registerPasskey, removePasskey, renamePasskey, requireStepUp, signInWithPasskey, stepUpWithPasskey, type Principal } from "#lib/accounts/index.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { addPasskey, fresh, signedIn, steppedUpAt } from "#tests/support/factors.ts";
import { makeAuthenticator, type Lies } from "#tests/support/software-authenticator.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let person: Principal;
const REFUSED = { code: "factor-invalid", status: 422 };
/** What an answer must not get away with, whatever it is for. */
const FALSE: [string, Lies][] = [
  ["a foreign origin", { origin: "http://evil.example" }],
  ["the same host on another port", { origin: "http://localhost:4000" }],
  ["another relying party", { rpId: "evil.example" }],
  ["a challenge that nobody gave", { challenge: Buffer.alloc(32, 7).toString("base64url") }],
  ["a person who was not verified", { verified: false }],
];

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const enter = (answer: Parameters<typeof signInWithPasskey>[1]["answer"]) => signInWithPasskey(deps, { answer, place: { device: null, network: null }, replaces: null });
beforeEach(async () => {
  person = await signedIn(deps, await makePerson(deps));
});

const register = async (principal: Principal, lies: Lies & { format?: "packed" } = {}) => {
  const options = await passkeyRegistrationOptions(deps, principal);
  return await registerPasskey(deps, { principal, name: "Laptop", answer: makeAuthenticator(deps.config.publicUrl).register(options, lies) });
};
const mails = (principal: Principal, event: string) => deps.db.mail.count({ where: { to: principal.email, event } });
const events = (principal: Principal, name: string) => deps.db.auditEvent.count({ where: { subject: `user:${principal.userId}`, name } });

describe("registering a passkey", () => {
  test("asks for one that the browser keeps and that verifies the person, for this host, and names the account by its id alone", async () => {
    const options = await passkeyRegistrationOptions(deps, person);
    expect(options).toMatchObject({ rp: { id: "localhost" }, attestation: "none", authenticatorSelection: { residentKey: "required", userVerification: "required" } });
    expect(Buffer.from(options.user.id, "base64url").toString("hex")).toBe(person.userId.replaceAll("-", ""));
  });

  test("adds it, steps the session up, records it and mails the owner", async () => {
    for (const format of [undefined, "packed"] as const) {
      const owner = await signedIn(deps, await makePerson(deps));
      const passkey = await register(owner, format === undefined ? {} : { format });
      expect(passkey).toMatchObject({ name: "Laptop", lastUsedAt: null, backedUp: false });
      expect(await steppedUpAt(deps, owner)).not.toBeNull();
      expect([await events(owner, "accounts:factor:add"), await mails(owner, "factor.first-added")]).toEqual([1, 1]);
      const data = JSON.stringify((await deps.db.auditEvent.findMany({ where: { subject: `user:${owner.userId}` } })).map((event) => event.data));
      expect(data).not.toContain(owner.email);
      expect(data).not.toContain("Laptop");
    }
  });

  test.each([...FALSE, ["an answer to the other question", { type: "webauthn.get" }]] as [string, Lies][])("is refused for %s and leaves no trace", async (_what, lies) => {
    const before = await countTraces(deps);
    await expect(register(person, lies)).rejects.toMatchObject(REFUSED);
    expect(await countTraces(deps)).toEqual(before);
    expect(await deps.db.passkey.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("takes each challenge once, for five minutes, from the session that asked, for this purpose", async () => {
    const ask = () => passkeyRegistrationOptions(deps, person);
    const answer = (options: Awaited<ReturnType<typeof ask>>, principal: Principal) => registerPasskey(deps, { principal, name: "x", answer: makeAuthenticator(deps.config.publicUrl).register(options) });
    const used = await ask();
    await answer(used, person);
    const known = await fresh(deps, person);
    await expect(answer(used, known), "replayed").rejects.toMatchObject(REFUSED);
    const second = await signedIn(deps, person);
    const stepped = { ...second, steppedUpAt: deps.now() };
    const options = await passkeyRegistrationOptions(deps, known);
    await expect(answer(options, stepped), "another session of the same account").rejects.toMatchObject(REFUSED);
    await expect(answer(options, known), "the session that asked").resolves.toMatchObject({ name: "x" });
    const stepUp = await passkeyStepUpOptions(deps, known);
    await expect(answer({ ...options, challenge: stepUp.challenge }, known), "a challenge for a step-up").rejects.toMatchObject(REFUSED);
    const late = await passkeyRegistrationOptions(deps, known);
    deps.advance(5 * 60_000 + 1000);
    await expect(answer(late, { ...known, steppedUpAt: deps.now() }), "too late").rejects.toMatchObject(REFUSED);
  });

  test("of fifty answers to one challenge one adds a passkey", async () => {
    const options = await passkeyRegistrationOptions(deps, person);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => registerPasskey(deps, { principal: person, name: "x", answer: makeAuthenticator(deps.config.publicUrl).register(options) })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await deps.db.passkey.count({ where: { userId: person.userId } })).toBe(1);
  });

  test("takes a sign-in within the hour for the first, and a step-up for each further one", async () => {
    const stale = { ...person, authenticatedAt: new Date(deps.now().getTime() - 61 * 60_000) };
    await expect(passkeyRegistrationOptions(deps, stale)).rejects.toMatchObject({ code: "step-up-required" });
    await addPasskey(deps, person);
    await expect(passkeyRegistrationOptions(deps, person), "a principal that was read before the step-up").rejects.toMatchObject({ code: "step-up-required" });
    await expect(register(await fresh(deps, person))).resolves.toMatchObject({ name: "Laptop" });
  });

  test("of one that is registered is refused, and a token registers none", async () => {
    const authenticator = await addPasskey(deps, person);
    const principal = await fresh(deps, person);
    const options = await passkeyRegistrationOptions(deps, principal);
    expect(options.excludeCredentials).toMatchObject([{ id: authenticator.credentialId }]);
    await expect(registerPasskey(deps, { principal, name: "x", answer: authenticator.register(options) })).rejects.toMatchObject(REFUSED);
    await expect(passkeyRegistrationOptions(deps, { ...person, via: "token", scopes: ["admin"], sessionId: null })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("signing in with a passkey alone", () => {
  test("opens a session that counts as stepped up", async () => {
    const passkey = await addPasskey(deps, person);
    const { token } = await enter(passkey.assert(await passkeySignInOptions(deps)));
    const principal = await readSession(deps.db, token, deps.now());
    expect(principal).toMatchObject({ userId: person.userId });
    expect(await deps.db.session.findUnique({ where: { id: principal?.sessionId ?? "" } })).toMatchObject({ method: "passkey", steppedUpAt: expect.any(Date) });
    await expect(requireStepUp(deps, principal ?? person)).resolves.toBeUndefined();
  });

  test.each([...FALSE, ["a forged signature", { forged: true }], ["an answer to the other question", { type: "webauthn.create" }], ["nobody's name", { userHandle: null }], ["another account's name", { userHandle: Buffer.alloc(16, 1).toString("base64url") }]] as [string, Lies][])("is refused for %s", async (_what, lies) => {
    const passkey = await addPasskey(deps, person);
    const sessions = await deps.db.session.count();
    await expect(enter(passkey.assert(await passkeySignInOptions(deps), lies))).rejects.toMatchObject(REFUSED);
    expect(await deps.db.session.count()).toBe(sessions);
  });

  test("is refused for an unknown passkey, a replayed answer, a challenge of a session and one of six minutes ago", async () => {
    await expect(enter(makeAuthenticator(deps.config.publicUrl).assert(await passkeySignInOptions(deps)))).rejects.toMatchObject(REFUSED);
    const passkey = await addPasskey(deps, person);
    const answer = passkey.assert(await passkeySignInOptions(deps));
    await enter(answer);
    await expect(enter(answer), "replayed").rejects.toMatchObject(REFUSED);
    await expect(enter(passkey.assert(await passkeyStepUpOptions(deps, person))), "a step-up's challenge").rejects.toMatchObject(REFUSED);
    const late = await passkeySignInOptions(deps);
    deps.advance(6 * 60_000);
    await expect(enter(passkey.assert(late)), "too late").rejects.toMatchObject(REFUSED);
  });

  test("is refused while the account is suspended", async () => {
    const passkey = await addPasskey(deps, person);
    await deps.db.user.update({ where: { id: person.userId }, data: { suspendedAt: deps.now() } });
    await expect(enter(passkey.assert(await passkeySignInOptions(deps)))).rejects.toMatchObject(REFUSED);
  });

  test("a counter that did not grow is refused, also of two at once; one that never counts passes", async () => {
    const passkey = await addPasskey(deps, person);
    const signIn = async (lies: Lies) => enter(passkey.assert(await passkeySignInOptions(deps), lies));
    await signIn({ counter: 10 });
    await expect(signIn({ counter: 10 })).rejects.toMatchObject(REFUSED);
    await expect(signIn({ counter: 9 })).rejects.toMatchObject(REFUSED);
    await expect(signIn({ counter: 0 })).rejects.toMatchObject(REFUSED);
    const twins = await Promise.allSettled(Array.from({ length: 10 }, () => signIn({ counter: 11 })));
    expect(twins.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const synced = await addPasskey(deps, await fresh(deps, person), makeAuthenticator(deps.config.publicUrl, { counts: false }));
    for (let time = 0; time < 2; time++) await expect(enter(synced.assert(await passkeySignInOptions(deps)))).resolves.toHaveProperty("token");
  });
});

describe("a step-up by passkey", () => {
  test("counts for five minutes and not a second longer", async () => {
    const passkey = await addPasskey(deps, person);
    await deps.db.session.update({ where: { id: person.sessionId ?? "" }, data: { steppedUpAt: null } });
    await expect(requireStepUp(deps, await fresh(deps, person))).rejects.toMatchObject({ code: "step-up-required", status: 403 });
    await stepUpWithPasskey(deps, { principal: person, answer: passkey.assert(await passkeyStepUpOptions(deps, person)) });
    const proven = await fresh(deps, person);
    deps.advance(5 * 60_000 - 5000);
    await expect(requireStepUp(deps, proven)).resolves.toBeUndefined();
    deps.advance(6000);
    await expect(requireStepUp(deps, proven)).rejects.toMatchObject({ code: "step-up-required" });
    expect(await events(person, "accounts:session:step-up")).toBe(2);
  });

  test.each([...FALSE, ["a forged signature", { forged: true }]] as [string, Lies][])("is refused for %s", async (_what, lies) => {
    const passkey = await addPasskey(deps, person);
    const before = await steppedUpAt(deps, person);
    await expect(stepUpWithPasskey(deps, { principal: person, answer: passkey.assert(await passkeyStepUpOptions(deps, person), lies) })).rejects.toMatchObject(REFUSED);
    expect(await steppedUpAt(deps, person)).toEqual(before);
  });

  test("takes no challenge of another session, no challenge twice and no passkey of another account", async () => {
    const passkey = await addPasskey(deps, person);
    const other = await signedIn(deps, person);
    await expect(stepUpWithPasskey(deps, { principal: other, answer: passkey.assert(await passkeyStepUpOptions(deps, person)) })).rejects.toMatchObject(REFUSED);
    const answer = passkey.assert(await passkeyStepUpOptions(deps, person));
    await stepUpWithPasskey(deps, { principal: person, answer });
    await expect(stepUpWithPasskey(deps, { principal: person, answer })).rejects.toMatchObject(REFUSED);
    const stranger = await signedIn(deps, await makePerson(deps));
    await addPasskey(deps, stranger);
    await expect(stepUpWithPasskey(deps, { principal: stranger, answer: passkey.assert(await passkeyStepUpOptions(deps, stranger)) })).rejects.toMatchObject(REFUSED);
    expect(await steppedUpAt(deps, other)).toBeNull();
  });

  test("of fifty answers to one challenge one counts", async () => {
    const passkey = await addPasskey(deps, person);
    const options = await passkeyStepUpOptions(deps, person);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => stepUpWithPasskey(deps, { principal: person, answer: passkey.assert(options) })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });
});

describe("passkeys of an account", () => {
  test("are renamed by their owner, removed after a step-up, and by nobody else", async () => {
    await addPasskey(deps, person);
    const owner = await fresh(deps, person);
    const { id } = await deps.db.passkey.findFirstOrThrow({ where: { userId: person.userId } });
    const stranger = await signedIn(deps, await makePerson(deps));
    await expect(renamePasskey(deps, { principal: stranger, id, name: "Mine" })).rejects.toMatchObject({ code: "not-found" });
    await expect(removePasskey(deps, { principal: stranger, id })).rejects.toMatchObject({ code: "not-found" });
    await expect(removePasskey(deps, { principal: owner, id: "nothing" })).rejects.toMatchObject({ code: "not-found" });
    expect(await renamePasskey(deps, { principal: owner, id, name: "Key ring" })).toMatchObject({ name: "Key ring" });
    deps.advance(5 * 60_000 + 1000);
    await expect(removePasskey(deps, { principal: owner, id })).rejects.toMatchObject({ code: "step-up-required" });
    await removePasskey(deps, { principal: { ...owner, steppedUpAt: deps.now() }, id });
    expect(await deps.db.passkey.count({ where: { userId: person.userId } })).toBe(0);
    expect([await events(person, "accounts:factor:remove"), await mails(person, "factor.removed")]).toEqual([1, 1]);
  });
});
