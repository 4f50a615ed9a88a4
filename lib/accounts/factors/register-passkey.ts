import { generateRegistrationOptions, verifyRegistrationResponse, type PublicKeyCredentialCreationOptionsJSON, type RegistrationResponseJSON } from "@simplewebauthn/server";
import { recordEvent } from "#lib/audit/index.ts";
import { isUniqueViolation, newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { requireSession, type Principal } from "../principal.ts";
import { hasSecondFactor, requireStepUp } from "../step-up.ts";
import { keepChallenge, spendChallenge } from "./challenges.ts";
import { passkeyRefused, passkeyTaken, tooManyPasskeys } from "./errors.ts";
import { passkeyView } from "./list-factors.ts";
import { markSteppedUp } from "./mark-stepped-up.ts";
import { relyingParty, SITE_NAME } from "./relying-party.ts";
import type { PasskeySummaryView, RegistrationAnswerView } from "./schema.ts";
import { tellOfAddedFactor } from "./tell-owner.ts";

const MOST_PASSKEYS = 20;
/** EdDSA, ES256 and RS256 (RFC 9053): what passkeys in use sign with, whatever this runtime knows besides. */
const ALGORITHMS = [-8, -7, -257];

/**
 * What a browser needs to make a passkey for this account. It is asked to keep it itself (a discoverable credential, so
 * that it can sign in alone) and to verify the person. Adding the first factor takes a recent sign-in, another a step-up.
 */
export async function passkeyRegistrationOptions(deps: Deps, principal: Principal): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const sessionId = requireSession(principal);
  await requireStepUp(deps, principal);
  const known = await deps.db.passkey.findMany({ where: { userId: principal.userId } });
  if (known.length >= MOST_PASSKEYS) throw tooManyPasskeys(MOST_PASSKEYS);
  const options = await generateRegistrationOptions({
    rpName: SITE_NAME,
    rpID: relyingParty(deps.config).id,
    userID: Uint8Array.from(Buffer.from(principal.userId.replaceAll("-", ""), "hex")),
    userName: principal.email,
    userDisplayName: principal.name ?? principal.email,
    attestationType: "none",
    excludeCredentials: known.map((passkey) => ({ id: passkey.credentialId, transports: passkey.transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
    timeout: 300_000,
  });
  await keepChallenge(deps, options.challenge, { purpose: "register", userId: principal.userId, sessionId });
  return options;
}

/**
 * Adds the passkey that a browser made for a challenge of this session. Throws `factor-invalid` for an answer to
 * anything else: another challenge, session, origin or relying party, a person who was not verified.
 */
export async function registerPasskey(deps: Deps, input: { principal: Principal; name: string; answer: RegistrationAnswerView }): Promise<PasskeySummaryView> {
  const { principal, name } = input;
  const sessionId = requireSession(principal);
  await requireStepUp(deps, principal);
  const made = await readRegistration(deps, { userId: principal.userId, sessionId }, input.answer);
  const now = deps.now();
  try {
    return await deps.db.$transaction(async (tx) => {
      // One at a time, so that the most it may hold is kept, and one of them is the first.
      await lockAccount(tx, principal.userId);
      const first = !(await hasSecondFactor(tx, principal.userId));
      if ((await tx.passkey.count({ where: { userId: principal.userId } })) >= MOST_PASSKEYS) throw tooManyPasskeys(MOST_PASSKEYS);
      const row = await tx.passkey.create({ data: { id: newId(), userId: principal.userId, name, createdAt: now, ...made } });
      await markSteppedUp(tx, { sessionId, userId: principal.userId, factor: "passkey", now });
      await recordEvent(tx, { name: "accounts:factor:add", subject: `user:${principal.userId}`, actorId: principal.userId, data: { factor: "passkey", id: row.id } });
      await tellOfAddedFactor(tx, deps, { userId: principal.userId, factor: { kind: "passkey", name }, first, now });
      return passkeyView(row);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw passkeyTaken();
    throw error;
  }
}

interface MadePasskey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
  transports: string[];
  backedUp: boolean;
}

async function readRegistration(deps: Deps, by: { userId: string; sessionId: string }, answer: RegistrationAnswerView): Promise<MadePasskey> {
  const { id, origin } = relyingParty(deps.config);
  const verified = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: (challenge) => spendChallenge(deps, challenge, { purpose: "register", ...by }),
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => {
    deps.logger.info({ err: error }, "a passkey was refused at registration");
    throw passkeyRefused();
  });
  if (!verified.verified) throw passkeyRefused();
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return { credentialId: credential.id, publicKey: Uint8Array.from(credential.publicKey), counter: BigInt(credential.counter), transports: answer.response.transports, backedUp: credentialBackedUp };
}
