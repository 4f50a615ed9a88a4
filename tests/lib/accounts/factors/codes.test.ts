import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerDeviceGrant, beginDeviceGrant, pollDeviceGrant, confirmTotp, listFactors, makeRecoveryCodes, removeAllFactors, removePasskey, removeTotp, requireStepUp, startTotp, stepUpWithRecoveryCode, stepUpWithTotp, type Principal } from "#lib/accounts/index.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { addPasskey, addTotp, codeAt, fresh, signedIn, steppedUpAt } from "#tests/support/factors.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let person: Principal;
const REFUSED = { code: "factor-invalid", status: 422 };

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  person = await signedIn(deps, await makePerson(deps));
});

const stepUp = (code: string, principal = person) => stepUpWithTotp(deps, { principal, code });
const recover = (code: string, principal = person) => stepUpWithRecoveryCode(deps, { principal, code });
const passed = (results: PromiseSettledResult<unknown>[]) => results.filter((result) => result.status === "fulfilled").length;
const mails = (event: string) => deps.db.mail.findMany({ where: { to: person.email, event } });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("an authenticator app", () => {
  test("is set up by a secret that is stored sealed, and counts once a code confirmed it", async () => {
    const { secret, uri, qr } = await startTotp(deps, person);
    expect(Buffer.from(secret.replace(/=+$/, "")).length).toBe(32);
    expect(uri).toContain(`secret=${secret}`);
    expect(qr).toMatch(/^<svg/);
    const row = await deps.db.totp.findUniqueOrThrow({ where: { userId: person.userId } });
    expect(row.sealed).not.toContain(secret);
    expect(await listFactors(deps, person.userId)).toMatchObject({ totp: null });
    await expect(stepUp(codeAt(deps, secret)), "not confirmed").rejects.toMatchObject(REFUSED);
    await expect(confirmTotp(deps, { principal: person, code: wrong(codeAt(deps, secret)) })).rejects.toMatchObject(REFUSED);
    await confirmTotp(deps, { principal: person, code: codeAt(deps, secret) });
    expect(await listFactors(deps, person.userId)).toMatchObject({ totp: { createdAt: expect.any(String) } });
    expect(await mails("factor.first-added")).toHaveLength(1);
    await expect(stepUp(codeAt(deps, secret)), "the confirming code again").rejects.toMatchObject(REFUSED);
    await expect(startTotp(deps, await fresh(deps, person)), "a second app").rejects.toMatchObject({ code: "move-not-allowed" });
  });

  test("takes the step before, this one and the next, and none beyond", async () => {
    const secret = await addTotp(deps, person);
    for (const steps of [-2, 2]) await expect(stepUp(codeAt(deps, secret, steps)), `${steps}`).rejects.toMatchObject(REFUSED);
    for (const steps of [0, 1]) await expect(stepUp(codeAt(deps, secret, steps)), `${steps}`).resolves.toBeUndefined();
    deps.advance(90_000);
    await expect(stepUp(codeAt(deps, secret, -1)), "the step before").resolves.toBeUndefined();
  });

  test("takes no code twice, none older than the last, and of fifty at once one", async () => {
    const secret = await addTotp(deps, person);
    const code = codeAt(deps, secret, 1);
    expect(passed(await Promise.allSettled(Array.from({ length: 50 }, () => stepUp(code))))).toBe(1);
    await expect(stepUp(code)).rejects.toMatchObject(REFUSED);
    await expect(stepUp(codeAt(deps, secret)), "a code of an earlier step").rejects.toMatchObject(REFUSED);
    expect(await deps.db.auditEvent.count({ where: { subject: `user:${person.userId}`, name: "accounts:session:step-up" } })).toBe(2);
  });

  test("a sealed secret opens for its own account and under its own AUTH_SECRET only", async () => {
    const secret = await addTotp(deps, person);
    const other = await signedIn(deps, await makePerson(deps));
    const { sealed } = await deps.db.totp.findUniqueOrThrow({ where: { userId: person.userId } });
    await deps.db.totp.create({ data: { userId: other.userId, sealed, confirmedAt: deps.now() } });
    await expect(stepUp(codeAt(deps, secret, 1), other)).rejects.toMatchObject({ ...REFUSED, message: expect.stringContaining("AUTH_SECRET") });
    const moved = { ...deps, config: { ...deps.config, authSecret: "another-secret-of-more-than-32-characters" } };
    await expect(stepUpWithTotp(moved, { principal: person, code: codeAt(deps, secret, 1) })).rejects.toMatchObject({ ...REFUSED, message: expect.stringContaining("AUTH_SECRET") });
    await expect(stepUp(codeAt(deps, secret, 1))).resolves.toBeUndefined();
  });

  test("of one that was begun anew or an hour ago no code confirms", async () => {
    const first = await startTotp(deps, person);
    const second = await startTotp(deps, person);
    await expect(confirmTotp(deps, { principal: person, code: codeAt(deps, first.secret) })).rejects.toMatchObject(REFUSED);
    deps.advance(31 * 60_000);
    await expect(confirmTotp(deps, { principal: person, code: codeAt(deps, second.secret) })).rejects.toMatchObject({ code: "move-not-allowed" });
  });

  test("is removed after a step-up, and asks nobody any more", async () => {
    await addTotp(deps, person);
    await expect(removeTotp(deps, person)).rejects.toMatchObject({ code: "step-up-required" });
    await removeTotp(deps, await fresh(deps, person));
    expect(await mails("factor.removed")).toHaveLength(1);
    await expect(requireStepUp(deps, person), "a recent sign-in is enough again").resolves.toBeUndefined();
    await expect(removeTotp(deps, person)).rejects.toMatchObject({ code: "not-found" });
  });
});

test("whoever lost everything gets it taken off by the operator: factors, codes and sessions", async () => {
  await addPasskey(deps, person);
  await addTotp(deps, await fresh(deps, person));
  await makeRecoveryCodes(deps, await fresh(deps, person));
  const begun = await beginDeviceGrant(deps, { client: "laptop", scopes: ["read"], from: "203.0.113.9" });
  await answerDeviceGrant(deps, { principal: await fresh(deps, person), userCode: begun.user_code, approve: true });
  expect(await removeAllFactors(deps, person.userId)).toEqual({ removed: 2 });
  expect(await pollDeviceGrant(deps, { deviceCode: begun.device_code, now: deps.now() })).toEqual({ ok: false, error: "access_denied" });
  expect(await listFactors(deps, person.userId)).toEqual({ passkeys: [], totp: null, recoveryCodes: null });
  expect(await deps.db.session.count({ where: { userId: person.userId } })).toBe(0);
  expect((await mails("factor.removed"))[0]?.text).toContain("by the operator");
});

describe("recovery codes", () => {
  test("are ten of eighty bits, stored hashed, and none without a factor", async () => {
    await expect(makeRecoveryCodes(deps, person)).rejects.toMatchObject({ code: "move-not-allowed" });
    await addPasskey(deps, person);
    const codes = await makeRecoveryCodes(deps, await fresh(deps, person));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const stored = JSON.stringify(await deps.db.recoveryCode.findMany({ where: { userId: person.userId } }));
    for (const code of codes) expect(stored).not.toContain(code.slice(0, 9));
  });

  test("each stands in for the factor once, mails the owner and says how many are left", async () => {
    await addPasskey(deps, person);
    const [first = "", second = ""] = await makeRecoveryCodes(deps, await fresh(deps, person));
    const later = await signedIn(deps, person);
    await recover(` ${first.toUpperCase().replaceAll("-", " ")}`, later);
    await expect(requireStepUp(deps, await fresh(deps, later))).resolves.toBeUndefined();
    await expect(recover(first, later)).rejects.toMatchObject(REFUSED);
    expect((await mails("factor.recovery-code-used"))[0]?.text).toContain("9 are left");
    expect(await listFactors(deps, person.userId)).toMatchObject({ recoveryCodes: { left: 9 } });
    expect(passed(await Promise.allSettled(Array.from({ length: 50 }, () => recover(second))))).toBe(1);
    expect(await mails("factor.recovery-code-used")).toHaveLength(2);
    expect(await deps.db.auditEvent.count({ where: { subject: `user:${person.userId}`, name: "accounts:factor:use-recovery-code" } })).toBe(2);
  });

  test("of another account, from before new ones, or of an account without factors open nothing", async () => {
    await addPasskey(deps, person);
    const [old = ""] = await makeRecoveryCodes(deps, await fresh(deps, person));
    const [now = ""] = await makeRecoveryCodes(deps, await fresh(deps, person));
    await expect(recover(old)).rejects.toMatchObject(REFUSED);
    const stranger = await signedIn(deps, await makePerson(deps));
    await expect(recover(now, stranger)).rejects.toMatchObject(REFUSED);
    expect(await steppedUpAt(deps, stranger)).toBeNull();
    const { id } = await deps.db.passkey.findFirstOrThrow({ where: { userId: person.userId } });
    await removePasskey(deps, { principal: await fresh(deps, person), id });
    await expect(recover(now)).rejects.toMatchObject(REFUSED);
    expect(await listFactors(deps, person.userId)).toEqual({ passkeys: [], totp: null, recoveryCodes: null });
  });
});
