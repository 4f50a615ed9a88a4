import { newId, type Db } from "#lib/platform/index.ts";
import { hashSecret } from "../secrets.ts";

const LIFETIME_MS = 5 * 60 * 1000;

/** What a challenge was given out for: an answer counts for that alone, from the session that asked. */
export type ChallengeFor = { purpose: "sign-in"; userId: null; sessionId: null } | { purpose: "register" | "step-up"; userId: string; sessionId: string };

/** Remembers a challenge by its hash, for five minutes. */
export async function keepChallenge(deps: { db: Db; now: () => Date }, challenge: string, given: ChallengeFor): Promise<void> {
  await deps.db.factorChallenge.create({ data: { id: newId(), challengeHash: hashSecret(challenge), ...given, expiresAt: new Date(deps.now().getTime() + LIFETIME_MS) } });
}

/** True once for a challenge that was given out for exactly this and has not run out: the statement that finds it removes it. */
export async function spendChallenge(deps: { db: Db; now: () => Date }, challenge: string, given: ChallengeFor): Promise<boolean> {
  const spent = await deps.db.$queryRaw<{ id: string }[]>`
    DELETE FROM "FactorChallenge"
    WHERE "challengeHash" = ${hashSecret(challenge)} AND "purpose" = ${given.purpose} AND "expiresAt" > ${deps.now()}
      AND "userId" IS NOT DISTINCT FROM ${given.userId}::uuid AND "sessionId" IS NOT DISTINCT FROM ${given.sessionId}::uuid
    RETURNING "id"`;
  return spent.length === 1;
}
