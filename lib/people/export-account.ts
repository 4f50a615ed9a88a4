import { requireSession, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { hideSecrets } from "#lib/mail/index.ts";
import type { Db } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

/**
 * Everything that the registry keeps about the principal's account, as one JSON object: without the hashes and secrets
 * of ways in, which would only help whoever steals the file. Nothing of it is kept. Throws `forbidden` for a token.
 */
export async function exportAccount(deps: Deps, principal: Principal): Promise<Record<string, unknown>> {
  requireSession(principal);
  await requireStepUp(deps, principal);
  const { db } = deps;
  const { userId } = principal;
  const [account, ways, work, messages, events, entries] = await Promise.all([
    db.user.findUniqueOrThrow({ where: { id: userId }, include: { roles: true, memberships: { include: { publisher: { select: { slug: true, name: true } } } } } }),
    readWaysIn(db, userId),
    readWork(db, userId),
    readMessages(db, principal),
    db.auditEvent.findMany({ where: { OR: [{ actorId: userId }, { subject: `user:${userId}` }] }, orderBy: { id: "asc" } }),
    db.logCommitment.findMany({ where: { userId }, include: { leaf: { select: { seq: true, type: true, at: true } } } }),
  ]);
  await recordEvent(db, { name: "accounts:user:export", subject: `user:${userId}`, actorId: userId });
  return {
    format: "kos-account-export-1",
    exportedAt: deps.now().toISOString(),
    registry: deps.config.publicUrl,
    account,
    ...ways,
    ...work,
    ...messages,
    auditEvents: events,
    /** `sha256(salt ‖ account id)` is the entry's actor: whoever knows the salt can show that an entry is yours. */
    recordEntries: entries.map(({ salt, leaf, leafId }) => ({ entry: leaf.seq === null ? null : Number(leaf.seq), id: leafId, type: leaf.type, at: leaf.at, salt: Buffer.from(salt).toString("hex") })),
  };
}

async function readWaysIn(db: Db, userId: string) {
  const where = { userId };
  const [identities, sessions, tokens, passkeys, totp, recoveryCodes, emailChanges, factorUndos, devices, links, knownPlaces] = await Promise.all([
    db.account.findMany({ where }),
    db.session.findMany({ where, omit: { tokenHash: true } }),
    db.apiToken.findMany({ where, omit: { tokenHash: true } }),
    db.passkey.findMany({ where, select: { id: true, name: true, transports: true, backedUp: true, createdAt: true, lastUsedAt: true } }),
    db.totp.findUnique({ where, select: { createdAt: true, confirmedAt: true } }),
    db.recoveryCode.findMany({ where, select: { createdAt: true, usedAt: true } }),
    db.emailChange.findMany({ where, omit: { tokenHash: true, undoHash: true } }),
    db.factorUndo.findMany({ where, select: { createdAt: true, expiresAt: true } }),
    db.deviceGrant.findMany({ where, select: { client: true, scopes: true, createdAt: true, approvedAt: true, deniedAt: true, consumedAt: true } }),
    db.signInLink.findMany({ where, select: { createdAt: true, expiresAt: true, usedAt: true } }),
    db.knownPlace.findMany({ where, select: { createdAt: true } }),
  ]);
  return { identities, sessions, tokens, passkeys, authenticatorApp: totp, recoveryCodes, emailChanges, firstFactorLinks: factorUndos, commandLineSignIns: devices, signInLinks: links, knownPlaces };
}

async function readWork(db: Db, userId: string) {
  const [submissions, decisions, keys, claims, uploads, transfers, announcements, workflows] = await Promise.all([
    db.submission.findMany({ where: { OR: [{ submittedById: userId }, { claimedById: userId }] }, omit: { files: true, readme: true, icon: true }, orderBy: { submittedAt: "asc" } }),
    db.decision.findMany({ where: { deciderId: userId }, orderBy: { decidedAt: "asc" } }),
    db.signingKey.findMany({ where: { addedById: userId }, select: { fingerprint: true, userIds: true, addedAt: true, revokedAt: true } }),
    db.nameClaim.findMany({ where: { OR: [{ userId }, { decidedById: userId }] } }),
    db.upload.findMany({ where: { userId } }),
    db.listingTransfer.findMany({ where: { OR: [{ offeredById: userId }, { answeredById: userId }] } }),
    db.announcement.findMany({ where: { createdById: userId } }),
    db.trustedWorkflow.findMany({ where: { createdById: userId } }),
  ]);
  return { submissions, decisions, signingKeys: keys, nameClaims: claims, uploads, listingTransfers: transfers, announcements, trustedWorkflows: workflows };
}

async function readMessages(db: Db, { userId, email }: Principal) {
  const [mails, invitations] = await Promise.all([
    db.mail.findMany({ where: { userId }, omit: { html: true }, orderBy: { id: "asc" } }),
    db.invitation.findMany({ where: { OR: [{ email }, { invitedById: userId }] }, omit: { tokenHash: true } }),
  ]);
  return { mails: mails.map((mail) => ({ ...mail, text: hideSecrets(mail.text) })), invitations };
}
