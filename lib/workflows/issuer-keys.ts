import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { fetchOutside, OutgoingError } from "#lib/http/index.ts";
import { processWide } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { identityRefused, issuerUnreachable } from "./errors.ts";

/** How long fetched keys are used without asking again. */
const FRESH_MS = 10 * 60_000;
/** Between two looks at one issuer, whatever is asked: a flood of unknown key ids costs the issuer nothing. */
const PAUSE_MS = 30_000;
const MAX_BYTES = 256 * 1024;
const MOST_KEYS = 64;
const DEADLINE_MS = 8_000;

const Discovery = z.looseObject({ issuer: z.string(), jwks_uri: z.string() });
const KeySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() })).max(MOST_KEYS) });
/** What of a JSON Web Key makes its public key; nothing else of it is read. */
const MEMBERS: Record<string, string[]> = { RSA: ["kty", "n", "e"], EC: ["kty", "crv", "x", "y"], OKP: ["kty", "crv", "x"] };

interface Kept {
  keys: Map<string, KeyObject>;
  fetchedAt: number;
  triedAt: number;
  failure: Error | null;
  fetching: Promise<void> | null;
}

const kept = (): Map<string, Kept> => processWide("issuer-keys", () => new Map<string, Kept>());

/**
 * The public key that an issuer names `kid`, from its key set, fetched at most every 30 seconds by each process. Throws
 * `identity-refused` for a key that it does not have and for an issuer whose documents cannot be believed, and
 * `unavailable` while it does not answer.
 */
export async function issuerKey(deps: Pick<Deps, "config" | "now">, issuer: string, kid: string): Promise<KeyObject> {
  const entry = kept().get(issuer) ?? { keys: new Map(), fetchedAt: -Infinity, triedAt: -Infinity, failure: null, fetching: null };
  kept().set(issuer, entry);
  const now = deps.now().getTime();
  const known = entry.keys.get(kid);
  if (known !== undefined && now - entry.fetchedAt < FRESH_MS) return known;
  if (entry.fetching !== null || now - entry.triedAt >= PAUSE_MS) await (entry.fetching ??= refresh(deps, issuer, entry, now).finally(() => (entry.fetching = null)));
  if (entry.failure !== null) throw entry.failure;
  const found = entry.keys.get(kid);
  if (found === undefined) throw identityRefused("key-unknown", `${issuer} has no key \`${kid.slice(0, 80)}\`.`, "Ask the issuer for a new token.");
  return found;
}

async function refresh(deps: Pick<Deps, "config">, issuer: string, entry: Kept, now: number): Promise<void> {
  entry.triedAt = now;
  try {
    entry.keys = await fetchKeys(deps, issuer);
    entry.fetchedAt = now;
    entry.failure = null;
  } catch (error) {
    entry.failure = asFailure(issuer, error);
  }
}

async function fetchKeys(deps: Pick<Deps, "config">, issuer: string): Promise<Map<string, KeyObject>> {
  const discovery = Discovery.safeParse(await fetchJson(deps, `${issuer}/.well-known/openid-configuration`));
  if (!discovery.success) throw unusable(issuer, "its discovery document lacks `issuer` or `jwks_uri`");
  const { issuer: named, jwks_uri: address } = discovery.data;
  if (named !== issuer) throw unusable(issuer, "its discovery document names another issuer");
  if (!URL.canParse(address) || new URL(address).origin !== new URL(issuer).origin) throw unusable(issuer, "its keys are said to be at another place");
  const set = KeySet.safeParse(await fetchJson(deps, address));
  if (!set.success) throw unusable(issuer, "its key set is not a JSON Web Key Set");
  const keys = new Map<string, KeyObject>();
  for (const jwk of set.data.keys) {
    const key = jwk.kid === undefined || (jwk.use !== undefined && jwk.use !== "sig") ? null : readKey(jwk);
    if (jwk.kid !== undefined && key !== null) keys.set(jwk.kid, key);
  }
  return keys;
}

async function fetchJson({ config }: Pick<Deps, "config">, url: string): Promise<unknown> {
  const answer = await fetchOutside(url, { allow: config.outgoingAllow, redirects: 0, maxBytes: MAX_BYTES, deadlineMs: DEADLINE_MS, headers: { accept: "application/json" }, ...(config.nameServers === null ? {} : { resolver: config.nameServers }) });
  if (answer.status >= 500 || answer.status === 429) throw new OutgoingError("outgoing-connect-failed", `\`${new URL(url).host}\` answers ${answer.status}.`);
  if (answer.status !== 200) throw unusable(new URL(url).origin, `it answers ${answer.status}`);
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch {
    throw unusable(new URL(url).origin, "it does not answer JSON");
  }
}

/** Null for a key of a kind that no accepted algorithm uses, or that is none. */
function readKey(jwk: Record<string, unknown>): KeyObject | null {
  const members = MEMBERS[String(jwk["kty"])];
  if (members === undefined) return null;
  try {
    return createPublicKey({ format: "jwk", key: Object.fromEntries(members.map((name) => [name, jwk[name]])) as JsonWebKey });
  } catch {
    return null;
  }
}

const unusable = (issuer: string, why: string) => identityRefused("issuer-unusable", `${issuer} cannot vouch for anybody: ${why}.`, "The issuer's operator can put it right.");

/** What a second look may put right is told apart from what the issuer itself must. */
const PASSING = new Set(["outgoing-connect-failed", "outgoing-timeout", "outgoing-name-unresolved", "outgoing-aborted", "outgoing-busy"]);

function asFailure(issuer: string, error: unknown): Error {
  if (!(error instanceof OutgoingError)) return error instanceof Error ? error : new Error(String(error));
  return PASSING.has(error.code) ? issuerUnreachable(issuer, error.message) : unusable(issuer, error.message.replace(/\.$/, ""));
}
