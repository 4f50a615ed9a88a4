import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { forgiveInDatabase, type RegistryError } from "#lib/http/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { requireSession, type Principal } from "../principal.ts";
import { keepChallenge } from "./challenges.ts";
import { codeRefused, noPasskey, passkeyRefused, recoveryCodeRefused } from "./errors.ts";
import { markSteppedUp } from "./mark-stepped-up.ts";
import { matchStep } from "./match-step.ts";
import { noteWrongTry } from "./note-wrong-try.ts";
import { advancePasskey, readAssertion } from "./read-assertion.ts";
import { spendRecoveryCode } from "./recovery-codes.ts";
import { relyingParty } from "./relying-party.ts";
import type { AssertionAnswerView } from "./schema.ts";

/** What a browser needs to prove one of the account's passkeys in this session. */
export async function passkeyStepUpOptions(deps: Deps, principal: Principal): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const sessionId = requireSession(principal);
  const passkeys = await deps.db.passkey.findMany({ where: { userId: principal.userId } });
  if (passkeys.length === 0) throw noPasskey();
  const allowCredentials = passkeys.map((passkey) => ({ id: passkey.credentialId, transports: passkey.transports }));
  const options = await generateAuthenticationOptions({ rpID: relyingParty(deps.config).id, userVerification: "required", allowCredentials, timeout: 300_000 });
  await keepChallenge(deps, options.challenge, { purpose: "step-up", userId: principal.userId, sessionId });
  return options;
}

/** Steps the session up with a passkey. Throws `factor-invalid`. */
export async function stepUpWithPasskey(deps: Deps, input: { principal: Principal; answer: AssertionAnswerView }): Promise<void> {
  const { userId } = input.principal;
  const sessionId = requireSession(input.principal);
  const passkey = await readAssertion(deps, { purpose: "step-up", userId, sessionId }, input.answer);
  await stepUp(deps, input.principal, "passkey", passkeyRefused(), async (tx) => passkey !== null && (await advancePasskey(tx, passkey, deps.now())));
}

/** Steps the session up with a code of the authenticator app. No step counts twice, and none before the last. Throws `factor-invalid`. */
export async function stepUpWithTotp(deps: Deps, input: { principal: Principal; code: string }): Promise<void> {
  const { userId } = input.principal;
  const row = await deps.db.totp.findFirst({ where: { userId, confirmedAt: { not: null } } });
  const step = row === null ? null : matchStep(deps, row, input.code);
  await stepUp(deps, input.principal, "totp", codeRefused(), async (tx) => {
    if (step === null) return false;
    const { count } = await tx.totp.updateMany({ where: { userId, confirmedAt: { not: null }, sealed: row?.sealed ?? "", lastStep: { lt: step } }, data: { lastStep: step } });
    return count === 1;
  });
}

/** Steps the session up with a recovery code, which is then used up. Throws `factor-invalid`. */
export async function stepUpWithRecoveryCode(deps: Deps, input: { principal: Principal; code: string }): Promise<void> {
  await stepUp(deps, input.principal, "recovery-code", recoveryCodeRefused(), (tx) => spendRecoveryCode(tx, deps, input.principal.userId, input.code));
}

/** The caller has spent a use of the limit `second-factor`: a proof gives all of them back, a wrong try keeps it. */
async function stepUp(deps: Deps, principal: Principal, factor: "passkey" | "totp" | "recovery-code", refusal: RegistryError, prove: (tx: Tx) => Promise<boolean>): Promise<void> {
  const sessionId = requireSession(principal);
  const { userId } = principal;
  const proven = await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, userId);
    if (!(await prove(tx))) return false;
    await markSteppedUp(tx, { sessionId, userId, factor, now: deps.now() });
    await forgiveInDatabase(tx, "second-factor", userId);
    return true;
  });
  if (proven) return;
  await noteWrongTry(deps, userId);
  throw refusal;
}
