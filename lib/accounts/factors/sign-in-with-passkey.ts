import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { openSession } from "../open-session.ts";
import type { SessionPlace } from "../session-place.ts";
import { keepChallenge } from "./challenges.ts";
import { passkeyRefused } from "./errors.ts";
import { advancePasskey, readAssertion } from "./read-assertion.ts";
import { relyingParty } from "./relying-party.ts";
import type { AssertionAnswerView } from "./schema.ts";

const ANYONE = { purpose: "sign-in", userId: null, sessionId: null } as const;

/** What a browser needs to offer the passkeys that it keeps for this registry; which account they open is not asked. */
export async function passkeySignInOptions(deps: Deps): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({ rpID: relyingParty(deps.config).id, userVerification: "required", timeout: 300_000 });
  await keepChallenge(deps, options.challenge, ANYONE);
  return options;
}

/** Opens a session with a passkey alone: it is something held, and the person was verified, so it counts as a step-up too. Throws `factor-invalid`. */
export async function signInWithPasskey(deps: Deps, input: { answer: AssertionAnswerView; place: SessionPlace; replaces: string | null }): Promise<{ token: string; expires: Date }> {
  const passkey = await readAssertion(deps, ANYONE, input.answer);
  if (passkey === null) throw passkeyRefused();
  const now = deps.now();
  return await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, passkey.userId);
    const user = await tx.user.findFirst({ where: { id: passkey.userId, suspendedAt: null, deletedAt: null } });
    if (user === null || !(await advancePasskey(tx, passkey, now))) throw passkeyRefused();
    return await openSession(deps, tx, { userId: user.id, method: "passkey", place: input.place, replaces: input.replaces, now, steppedUpAt: now });
  });
}
