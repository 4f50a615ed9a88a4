import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { spendChallenge, type ChallengeFor } from "./challenges.ts";
import { relyingParty } from "./relying-party.ts";
import type { AssertionAnswerView } from "./schema.ts";

/** A passkey that signed what it was asked to, and what its row must hold from now on. */
export interface ProvenPasskey {
  id: string;
  userId: string;
  counter: bigint;
  backedUp: boolean;
}

/**
 * Checks a browser's answer (WebAuthn Level 3, section 7.2) and uses up its challenge, whatever comes of it. Null for
 * an unknown passkey or another account's, a challenge for anything else, a foreign origin or relying party, a person
 * who was not verified, a signature that does not hold, and a counter that did not grow.
 */
export async function readAssertion(deps: Deps, given: ChallengeFor, answer: AssertionAnswerView): Promise<ProvenPasskey | null> {
  const row = await deps.db.passkey.findUnique({ where: { credentialId: answer.id } });
  if (row === null || (given.userId !== null && row.userId !== given.userId)) return null;
  if (!isHandleOf(row.userId, answer.response.userHandle, given.purpose === "sign-in")) return null;
  const { id, origin } = relyingParty(deps.config);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => spendChallenge(deps, challenge, given),
      expectedOrigin: origin,
      expectedRPID: id,
      credential: { id: row.credentialId, publicKey: Uint8Array.from(row.publicKey), counter: Number(row.counter) },
      requireUserVerification: true,
    });
    return verified ? { id: row.id, userId: row.userId, counter: BigInt(authenticationInfo.newCounter), backedUp: authenticationInfo.credentialBackedUp } : null;
  } catch (error) {
    deps.logger.info({ err: error, passkey: row.id }, "a passkey was refused");
    return null;
  }
}

/** A discoverable passkey says whose it is (section 7.2, step 6); one that was named beforehand may leave it out. */
function isHandleOf(userId: string, handle: string | null | undefined, needed: boolean): boolean {
  if (handle === null || handle === undefined) return !needed;
  return Buffer.from(handle, "base64url").toString("hex") === userId.replaceAll("-", "");
}

/** Writes the new counter if it still is a step forward: of two answers with one counter the second is refused. False then. */
export async function advancePasskey(tx: Tx, passkey: ProvenPasskey, now: Date): Promise<boolean> {
  const forward = passkey.counter === 0n ? { counter: 0n } : { counter: { lt: passkey.counter } };
  const { count } = await tx.passkey.updateMany({ where: { id: passkey.id, ...forward }, data: { counter: passkey.counter, backedUp: passkey.backedUp, lastUsedAt: now } });
  return count === 1;
}
