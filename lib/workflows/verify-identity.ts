import { verify, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { TrustedIssuer } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { identityRefused } from "./errors.ts";
import { issuerKey } from "./issuer-keys.ts";

/** By how many seconds the issuer's clock and ours may differ. */
export const SKEW_SECONDS = 30;
/** Longest life of an identity token, from its making to its end. */
const MOST_SECONDS = 15 * 60;

/** The accepted algorithms (RFC 7518; RFC 8037), each with the one kind of key that it takes: a token never chooses what its key is. */
const ALGORITHMS = {
  RS256: { fits: (key: KeyObject) => key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048, digest: "sha256", encoding: undefined },
  ES256: { fits: (key: KeyObject) => key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1", digest: "sha256", encoding: "ieee-p1363" },
  EdDSA: { fits: (key: KeyObject) => key.asymmetricKeyType === "ed25519", digest: null, encoding: undefined },
} as const;
type Algorithm = keyof typeof ALGORITHMS;

const Header = z.looseObject({ alg: z.string(), kid: z.string().min(1).max(256).optional(), crit: z.unknown().optional() });
const Claims = z.looseObject({ iss: z.string(), sub: z.string().optional(), aud: z.union([z.string(), z.array(z.string())]), exp: z.number(), iat: z.number(), nbf: z.number().optional(), jti: z.string().min(1).max(512) });
export type IdentityClaims = z.infer<typeof Claims>;

export interface VerifiedIdentity {
  issuer: TrustedIssuer;
  claims: IdentityClaims;
}

/**
 * Verifies an identity token (a signed JWT, RFC 7519): issuer of the configured list, accepted algorithm, time,
 * audience (this registry alone), signature by the issuer's key. Nothing in it chooses where its key is looked for.
 * Throws `identity-refused` with the fault.
 */
export async function verifyIdentity(deps: Pick<Deps, "config" | "now">, token: string): Promise<VerifiedIdentity> {
  const { header, claims, signed, signature } = parse(token);
  const algorithm = acceptedAlgorithm(header.alg);
  if (header.crit !== undefined) throw identityRefused("malformed", "The token asks for extensions (`crit`) that are not understood here.");
  if (header.kid === undefined) throw identityRefused("malformed", "The token does not name its key (`kid`).");
  const issuer = deps.config.trustedIssuers.find(({ url }) => url === claims.iss);
  if (issuer === undefined) throw identityRefused("issuer-unknown", "The token's issuer is not one that this registry trusts.", "The operator names issuers in TRUSTED_ISSUERS.");
  requireTime(claims, deps.now().getTime() / 1000);
  requireAudience(claims, deps.config.publicUrl);
  const key = await issuerKey(deps, issuer.url, header.kid);
  if (!isSignedBy(key, algorithm, signed, signature)) throw identityRefused("signature", "The token's signature does not hold.");
  return { issuer, claims };
}

function parse(token: string) {
  const parts = token.split(".");
  const [header, claims, signature] = parts.map(decode);
  if (parts.length !== 3 || !header || !claims || signature === null || signature === undefined) throw notAToken();
  const [readHeader, readClaims] = [Header.safeParse(parseJson(header)), Claims.safeParse(parseJson(claims))];
  if (!readHeader.success) throw notAToken();
  if (!readClaims.success) throw identityRefused("claim-missing", `The token lacks what every identity has, or has it in another form: \`${String(readClaims.error.issues[0]?.path[0] ?? "claims")}\`.`);
  return { header: readHeader.data, claims: readClaims.data, signed: Buffer.from(`${parts[0]}.${parts[1]}`), signature };
}

const notAToken = () => identityRefused("malformed", "This is not a signed JSON Web Token in its compact form.", "Send the token as the CI system gave it out.");

/** Exactly one text for the same bytes, so that no token has two forms. */
function decode(part: string): Buffer | null {
  const bytes = Buffer.from(part, "base64url");
  return bytes.toString("base64url") === part ? bytes : null;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function acceptedAlgorithm(name: string): Algorithm {
  if (Object.hasOwn(ALGORITHMS, name)) return name as Algorithm;
  throw identityRefused("algorithm", `Tokens signed with \`${name.slice(0, 20)}\` are not accepted; ${Object.keys(ALGORITHMS).join(", ")} are.`);
}

function requireTime({ exp, iat, nbf }: IdentityClaims, now: number): void {
  if (exp <= now - SKEW_SECONDS) throw identityRefused("expired", "The token has ended.", "Ask for it right before it is exchanged.");
  if (iat > now + SKEW_SECONDS || (nbf !== undefined && nbf > now + SKEW_SECONDS)) throw identityRefused("not-yet-valid", "The token counts only later than now.");
  if (exp - iat > MOST_SECONDS) throw identityRefused("too-long-lived", `The token lives ${Math.round((exp - iat) / 60)} minutes; at most ${MOST_SECONDS / 60} are accepted.`, "In GitLab a token lives as long as its job may: set `timeout: 10 minutes` on the job.");
}

function requireAudience({ aud }: IdentityClaims, publicUrl: string): void {
  const audiences = [aud].flat();
  if (audiences.length === 1 && audiences[0] === publicUrl) return;
  throw identityRefused("audience", audiences.length > 1 ? `The token is for ${audiences.length} audiences; it must be for ${publicUrl} alone.` : `The token is for another audience than ${publicUrl}.`, `Ask for it with the audience ${publicUrl}`);
}

function isSignedBy(key: KeyObject, name: Algorithm, signed: Buffer, signature: Buffer): boolean {
  const { fits, digest, encoding } = ALGORITHMS[name];
  if (!fits(key)) return false;
  return verify(digest, signed, encoding === undefined ? key : { key, dsaEncoding: encoding }, signature);
}
