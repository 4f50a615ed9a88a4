import { recordEvent } from "#lib/audit/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import { newId, type Db, type Tx } from "#lib/platform/index.ts";
import type { Principal } from "./principal.ts";
import type { InstanceRole, TokenScope, TokenSummaryView } from "./schema.ts";
import { hashSecret, isApiToken, newApiToken } from "./secrets.ts";

const DAY_MS = 86_400_000;
const LAST_USE_PRECISION_MS = 60_000;

/**
 * Issues an API token, shown once and stored hashed. `review:decide` lives at most 24 hours, `admin` needs the
 * administrator role; everything else at most 90 days.
 */
export async function createToken(tx: Tx, input: { userId: string; actorId: string | null; roles: InstanceRole[]; name: string; scopes: TokenScope[]; expiresInDays: number; now: Date }): Promise<{ token: string; item: TokenSummaryView }> {
  if (input.scopes.includes("admin") && !input.roles.includes("administrator")) throw new RegistryError("forbidden", "The scope `admin` needs the role `administrator`.");
  const days = Math.min(input.expiresInDays, input.scopes.includes("review:decide") ? 1 : 90);
  const token = newApiToken();
  const row = await tx.apiToken.create({
    data: { id: newId(), userId: input.userId, name: input.name, prefix: token.slice(0, 10), tokenHash: hashSecret(token), scopes: [...new Set(input.scopes)], createdAt: input.now, expiresAt: new Date(input.now.getTime() + days * DAY_MS) },
  });
  await recordEvent(tx, { name: "accounts:token:create", subject: `token:${row.id}`, actorId: input.actorId, data: { scopes: row.scopes, owner: input.userId } });
  return { token, item: tokenView(row) };
}

/** The principal behind a bearer token; null when it is malformed, unknown, expired, revoked or its owner suspended. */
export async function readToken(db: Db, raw: string, now: Date): Promise<Principal | null> {
  if (!isApiToken(raw)) return null;
  const row = await db.apiToken.findUnique({ where: { tokenHash: hashSecret(raw) }, include: { user: { include: { roles: true } } } });
  if (row === null || row.revokedAt !== null || row.expiresAt <= now || row.user.suspendedAt !== null) return null;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > LAST_USE_PRECISION_MS) await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  return {
    userId: row.user.id,
    email: row.user.email,
    name: row.user.name,
    roles: row.user.roles.map((role) => role.role as InstanceRole),
    via: "token",
    scopes: row.scopes as TokenScope[],
    listings: row.listings.length === 0 ? null : row.listings,
    sessionId: null,
    authenticatedAt: null,
    steppedUpAt: null,
  };
}

/** The tokens of an account, newest first; the secret halves are nowhere. */
export async function listTokens(deps: { db: Db }, userId: string): Promise<TokenSummaryView[]> {
  return (await deps.db.apiToken.findMany({ where: { userId }, orderBy: { createdAt: "desc" } })).map(tokenView);
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

function tokenView(row: { id: string; name: string; prefix: string; scopes: string[]; createdAt: Date; expiresAt: Date; lastUsedAt: Date | null; revokedAt: Date | null }): TokenSummaryView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as TokenScope[],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
