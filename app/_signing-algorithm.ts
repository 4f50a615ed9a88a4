import { z } from "zod";

/** What is taken for granted (OpenID Connect Core, 15.1). */
export const USUAL_ALGORITHM = "RS256";
/** What an issuer may sign with, the usual first. Never `none`, and never with the client's secret. */
const ALGORITHMS = [USUAL_ALGORITHM, "ES256", "PS256", "EdDSA", "ES384", "ES512", "RS384", "RS512", "PS384", "PS512"] as const;
const Discovery = z.object({ id_token_signing_alg_values_supported: z.array(z.string()) });

const TIMEOUT_MS = 5000;
const REMEMBERED_MS = 10 * 60 * 1000;
const remembered = new Map<string, { algorithm: string; until: number }>();

/**
 * What an issuer signs its ID tokens with: RS256 where it can, otherwise the first of ours that its discovery document
 * (OpenID Connect Discovery, 3) names. Asked once in ten minutes; an issuer that does not answer is taken to do the usual,
 * and the sign-in itself then says what is wrong.
 */
export async function signingAlgorithm(issuer: string): Promise<string> {
  const known = remembered.get(issuer);
  if (known !== undefined && known.until > Date.now()) return known.algorithm;
  try {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { id_token_signing_alg_values_supported: named } = Discovery.parse(await answer.json());
    const algorithm = ALGORITHMS.find((one) => named.includes(one)) ?? USUAL_ALGORITHM;
    remembered.set(issuer, { algorithm, until: Date.now() + REMEMBERED_MS });
    return algorithm;
  } catch {
    return USUAL_ALGORITHM;
  }
}
