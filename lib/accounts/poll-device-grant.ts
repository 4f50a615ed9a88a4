import type { Db, Tx } from "#lib/platform/index.ts";
import { POLL_SECONDS } from "./device-grants.ts";
import type { TokenScope } from "./schema.ts";
import { hashSecret } from "./secrets.ts";
import { createToken } from "./tokens.ts";
import { rolesOf } from "./users.ts";

const DAYS = 90;
/** How long after the approval the token may change keys and publishers: as long as any other proof of the person counts. */
const KEYS_MS = 5 * 60 * 1000;
const LONGEST_NAME = 80;
/** A timer that fires a moment early is no haste. */
const LEEWAY_MS = 500;

export type DevicePoll =
  | { ok: true; access_token: string; token_type: "bearer"; expires_in: number; scope: string }
  | { ok: false; error: "authorization_pending" | "slow_down" | "expired_token" | "access_denied" | "invalid_grant" };

type Grant = NonNullable<Awaited<ReturnType<Db["deviceGrant"]["findUnique"]>>>;

/**
 * One question of the program that waits (RFC 8628, 3.4): its token once a person approved, else the reason in the
 * RFC's words. The token is given out once: of many questions at the same moment one conditional update lets one through.
 */
export async function pollDeviceGrant(deps: { db: Db }, input: { deviceCode: string; now: Date }): Promise<DevicePoll> {
  return await deps.db.$transaction(async (tx) => {
    const grant = await tx.deviceGrant.findUnique({ where: { deviceHash: hashSecret(input.deviceCode) } });
    if (grant === null) return refuse("invalid_grant");
    if (grant.deniedAt !== null) return refuse("access_denied");
    if (grant.consumedAt !== null) return refuse("invalid_grant");
    if (grant.expiresAt <= input.now) return refuse("expired_token");
    if (!(await tookItsTurn(tx, grant, input.now))) return refuse("slow_down");
    return grant.approvedAt === null ? refuse("authorization_pending") : await giveToken(tx, grant, input.now);
  });
}

const refuse = (error: Extract<DevicePoll, { ok: false }>["error"]): DevicePoll => ({ ok: false, error });

async function tookItsTurn(tx: Tx, grant: Grant, now: Date): Promise<boolean> {
  const latest = new Date(now.getTime() - POLL_SECONDS * 1000 + LEEWAY_MS);
  const { count } = await tx.deviceGrant.updateMany({ where: { id: grant.id, OR: [{ polledAt: null }, { polledAt: { lte: latest } }] }, data: { polledAt: now } });
  return count === 1;
}

async function giveToken(tx: Tx, grant: Grant, now: Date): Promise<DevicePoll> {
  const owner = grant.userId === null ? null : await tx.user.findFirst({ where: { id: grant.userId, suspendedAt: null, deletedAt: null }, select: { id: true } });
  if (owner === null) return refuse("access_denied");
  const { count } = await tx.deviceGrant.updateMany({ where: { id: grant.id, consumedAt: null, deniedAt: null, approvedAt: { not: null }, expiresAt: { gt: now } }, data: { consumedAt: now } });
  if (count !== 1) return refuse("invalid_grant");
  const asked = grant.scopes as TokenScope[];
  const scopes = asked.filter((scope) => scope !== "keys");
  const keysUntil = asked.includes("keys") && grant.approvedAt !== null ? new Date(grant.approvedAt.getTime() + KEYS_MS) : null;
  const { token, item } = await createToken(tx, { userId: owner.id, actorId: owner.id, roles: await rolesOf(tx, owner.id), name: `kos on ${grant.client}`.slice(0, LONGEST_NAME), scopes, keysUntil, expiresInDays: DAYS, now });
  return { ok: true, access_token: token, token_type: "bearer", expires_in: Math.floor((Date.parse(item.expiresAt) - now.getTime()) / 1000), scope: asked.filter((scope) => scope !== "keys" || (keysUntil !== null && keysUntil > now)).join(" ") };
}
