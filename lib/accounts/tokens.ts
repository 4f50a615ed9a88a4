import { recordEvent } from "#lib/audit/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import { newId, type Db, type Tx } from "#lib/platform/index.ts";
import type { Principal } from "./principal.ts";
import { WorkflowIdentity, type InstanceRole, type TokenScope, type TokenSummaryView } from "./schema.ts";
import { networkOf } from "./network-of.ts";
import { hashSecret, isApiToken, newApiToken } from "./secrets.ts";
import { checkTokenListings } from "./token-listings.ts";

const DAY_MS = 86_400_000;
const LAST_USE_PRECISION_MS = 60_000;

export interface NewToken {
  userId: string;
  /** Null for the operator at the machine. */
  actorId: string | null;
  roles: InstanceRole[];
  name: string;
  scopes: TokenScope[];
  /** Slugs of the listings that it may change; none for all of its owner's. */
  listings?: string[];
  expiresInDays: number;
  /** Gives the scope `keys` besides `scopes`, until then; what a person approved for a command line. */
  keysUntil?: Date | null;
  now: Date;
}

/**
 * Issues an API token, shown once and stored hashed. `review:decide` lives at most 24 hours, and so does `admin`, which
 * needs the administrator role, unless the operator at the machine issues it; everything else lives at most 90 days. Throws `invalid-input` for listings that are another's.
 */
export async function createToken(tx: Tx, input: NewToken): Promise<{ token: string; item: TokenSummaryView }> {
  if (input.scopes.includes("admin") && !input.roles.includes("administrator")) throw new RegistryError("forbidden", "The scope `admin` needs the role `administrator`.");
  const listings = [...new Set(input.listings ?? [])];
  await checkTokenListings(tx, { userId: input.userId, listings, scopes: input.scopes });
  const short = input.scopes.includes("review:decide") || (input.scopes.includes("admin") && input.actorId !== null);
  const days = Math.min(input.expiresInDays, short ? 1 : 90);
  const token = newApiToken();
  const row = await tx.apiToken.create({
    data: { id: newId(), userId: input.userId, name: input.name, prefix: token.slice(0, 10), tokenHash: hashSecret(token), scopes: [...new Set(input.scopes)], keysUntil: input.keysUntil ?? null, listings, createdAt: input.now, expiresAt: new Date(input.now.getTime() + days * DAY_MS) },
  });
  await recordEvent(tx, { name: "accounts:token:create", subject: `token:${row.id}`, actorId: input.actorId, data: { scopes: row.scopes, listings, owner: input.userId, ...(row.keysUntil === null ? {} : { keysUntil: row.keysUntil.toISOString() }) } });
  return { token, item: tokenView(row) };
}

/**
 * The principal behind a bearer token; null when it is malformed, unknown, expired, revoked or its owner suspended.
 * Notes its use, once a minute, with the network of `client`, the address that limits count by.
 */
export async function readToken(db: Db, raw: string, now: Date, client: string | null = null): Promise<Principal | null> {
  if (!isApiToken(raw)) return null;
  const row = await db.apiToken.findUnique({ where: { tokenHash: hashSecret(raw) }, include: { user: { include: { roles: true } }, trustedWorkflow: { select: { publisher: { select: { slug: true } } } } } });
  if (row === null || row.revokedAt !== null || row.expiresAt <= now || row.user.suspendedAt !== null) return null;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > LAST_USE_PRECISION_MS) await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now, ...(client === null ? {} : { lastNetwork: networkOf(client) }) } });
  return {
    userId: row.user.id,
    email: row.user.email,
    name: row.user.name,
    // A workflow acts for its publisher: what its owner is besides is none of its business.
    roles: row.trustedWorkflow === null ? row.user.roles.map((role) => role.role as InstanceRole) : [],
    via: "token",
    scopes: scopesAt(row, now),
    listings: row.listings.length === 0 ? null : row.listings,
    sessionId: null,
    authenticatedAt: null,
    steppedUpAt: null,
    workflow: row.trustedWorkflow === null ? null : { publisher: row.trustedWorkflow.publisher.slug, identity: WorkflowIdentity.parse(row.workflow) },
  };
}

function scopesAt(row: TokenRow, now: Date): TokenScope[] {
  const scopes = row.scopes as TokenScope[];
  return row.keysUntil !== null && row.keysUntil > now && !scopes.includes("keys") ? [...scopes, "keys"] : scopes;
}

/** The tokens of an account, newest first; the secret halves are nowhere. Those of build workflows, minutes long, are not among them. */
export async function listTokens(deps: { db: Db }, userId: string): Promise<TokenSummaryView[]> {
  return (await deps.db.apiToken.findMany({ where: { userId, trustedWorkflowId: null }, orderBy: { createdAt: "desc" } })).map(tokenView);
}

/** Revokes a token of the account; revoking twice keeps the first time. Throws `not-found` for another's. */
export async function revokeToken(db: Db, input: { userId: string; tokenId: string; now: Date }): Promise<TokenSummaryView> {
  return await db.$transaction(async (tx) => {
    const row = await tx.apiToken.findFirst({ where: { id: input.tokenId, userId: input.userId } });
    if (row === null) throw notFound(`Token \`${input.tokenId}\``);
    if (row.revokedAt !== null) return tokenView(row);
    await recordEvent(tx, { name: "accounts:token:revoke", subject: `token:${row.id}`, actorId: input.userId });
    return tokenView(await tx.apiToken.update({ where: { id: row.id }, data: { revokedAt: input.now } }));
  });
}

/** Ends the token that asks for it. Throws `token-invalid` for what is no token that still counts. */
export async function revokeItself(db: Db, input: { raw: string; now: Date }): Promise<TokenSummaryView> {
  const row = isApiToken(input.raw) ? await db.apiToken.findUnique({ where: { tokenHash: hashSecret(input.raw) }, select: { id: true, userId: true } }) : null;
  if (row === null) throw new RegistryError("token-invalid", "The token is unknown, expired or revoked.");
  return await revokeToken(db, { userId: row.userId, tokenId: row.id, now: input.now });
}

type TokenRow = Awaited<ReturnType<Db["apiToken"]["findUniqueOrThrow"]>>;

function tokenView(row: TokenRow): TokenSummaryView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as TokenScope[],
    keysUntil: row.keysUntil?.toISOString() ?? null,
    listings: row.listings,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastNetwork: row.lastNetwork,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    revokedReason: row.revokedReason,
  };
}
