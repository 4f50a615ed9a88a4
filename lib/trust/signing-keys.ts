import { requireMember, requireScope, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { isUniqueViolation, newId, type Db } from "#lib/platform/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { keyMissing, keyTaken } from "./errors.ts";
import { normaliseFingerprint, readSentKey, type SentKey } from "./read-sent-key.ts";
import type { SigningKeyDetailView } from "./schema.ts";

/**
 * Registers one armored OpenPGP certificate or OpenSSH public key for a publisher. Throws `key-invalid` (422) with
 * every fault, `key-taken` (409) when any publisher has it.
 */
export async function addKey(db: Db, input: { principal: Principal; slug: string; key: SentKey; now: Date }): Promise<SigningKeyDetailView> {
  requireScope(input.principal, "keys");
  await requireStepUp({ db, now: () => input.now }, input.principal);
  const facts = await readSentKey(input.key, input.now);
  try {
    return await db.$transaction(async (tx) => {
      const publisher = await requireMember(tx, input.principal, input.slug, "keys");
      const row = await tx.signingKey.create({ data: { id: newId(), publisherId: publisher.id, ...facts, addedById: input.principal.userId, addedAt: input.now }, include: { addedBy: true } });
      await recordEvent(tx, { name: "trust:key:add", subject: `publisher:${input.slug}`, actorId: input.principal.userId, data: { fingerprint: row.fingerprint } });
      await recordLeaf(tx, `key-added:${row.id}`, input.principal.userId);
      return keyView(row);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw keyTaken(facts.fingerprint);
    throw error;
  }
}

/** Revokes a key from now on: what it signed before stays valid by its time of receipt. */
export async function revokeKey(db: Db, input: { principal: Principal; slug: string; fingerprint: string; reason: string; compromisedSince: Date | null; now: Date }): Promise<SigningKeyDetailView> {
  requireScope(input.principal, "keys");
  await requireStepUp({ db, now: () => input.now }, input.principal);
  return await db.$transaction(async (tx) => {
    const publisher = await requireMember(tx, input.principal, input.slug, "keys");
    const row = await tx.signingKey.findFirst({ where: { fingerprint: normaliseFingerprint(input.fingerprint), publisherId: publisher.id }, include: { addedBy: true } });
    if (row === null) throw keyMissing(input.fingerprint);
    if (row.revokedAt !== null) return keyView(row);
    const updated = await tx.signingKey.update({ where: { id: row.id }, data: { revokedAt: input.now, revocationReason: input.reason, compromisedSince: input.compromisedSince }, include: { addedBy: true } });
    await recordEvent(tx, { name: "trust:key:revoke", subject: `publisher:${input.slug}`, actorId: input.principal.userId, data: { fingerprint: row.fingerprint, reason: input.reason } });
    await recordLeaf(tx, `key-revoked:${row.id}`, input.principal.userId);
    return keyView(updated);
  });
}

/** Every key a publisher ever registered, newest first, revoked ones included. */
export async function listKeys(deps: { db: Db }, slug: string): Promise<SigningKeyDetailView[]> {
  const rows = await deps.db.signingKey.findMany({ where: { publisher: { slug } }, include: { addedBy: true }, orderBy: { addedAt: "desc" } });
  return rows.map(keyView);
}

type KeyRow = Awaited<ReturnType<Db["signingKey"]["findFirstOrThrow"]>> & { addedBy: { email: string; name: string | null } | null };

function keyView(row: KeyRow): SigningKeyDetailView {
  return {
    fingerprint: row.fingerprint,
    format: row.format as SigningKeyDetailView["format"],
    algorithm: row.algorithm,
    bits: row.bits,
    curve: row.curve,
    userIds: row.userIds,
    createdAt: row.keyCreatedAt.toISOString(),
    expiresAt: row.keyExpiresAt?.toISOString() ?? null,
    addedAt: row.addedAt.toISOString(),
    addedBy: row.addedBy?.name ?? row.addedBy?.email ?? "the registry",
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revoked: row.revokedAt === null ? null : { at: row.revokedAt.toISOString(), reason: row.revocationReason ?? "", compromisedSince: row.compromisedSince?.toISOString() ?? null },
    armored: row.armored,
  };
}
