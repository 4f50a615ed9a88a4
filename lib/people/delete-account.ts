import { DELETED_ACCOUNT, lockAccount, requireSession, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { lockAdministrators, requireAnotherAdministrator } from "#lib/admin/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest, RegistryError } from "#lib/http/index.ts";
import { accountDeletedMail, queueMail } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { findMove, moveSubmission } from "#lib/submissions/index.ts";
import type { SubmissionState } from "#lib/submissions/schema.ts";
import { forgetMail } from "./forget-mail.ts";

const TIMEOUT_MS = 60_000;

/**
 * Deletes the principal's own account for good, in one transaction: everything that names the person goes; what others
 * rely on stays under "a deleted account". `email` is the account's address, typed again. Throws `bad-request` for
 * another, `forbidden` for a token, and `move-not-allowed` for the last administrator and for the last owner of a
 * publisher that has something to look after (`publishers` names them). The address is free again.
 */
export async function deleteAccount(deps: Deps, input: { principal: Principal; email: string }): Promise<void> {
  const { principal } = input;
  requireSession(principal);
  await requireStepUp(deps, principal);
  if (input.email.trim().toLowerCase() !== principal.email.toLowerCase()) throw badRequest("Type the address of this account to delete it.");
  await deps.db.$transaction(
    async (tx) => {
      requireAnotherAdministrator(await lockAdministrators(tx), principal.userId);
      await lockAccount(tx, principal.userId);
      await leavePublishers(tx, principal.userId, deps.now());
      await forgetSignIns(tx, principal);
      await forgetTraces(tx, principal);
      // While the account still knows its language.
      await queueMail(tx, deps, { to: principal.email, ...accountDeletedMail({ host: new URL(deps.config.publicUrl).host }) });
      await anonymise(tx, principal.userId, deps.now());
      await recordEvent(tx, { name: "accounts:user:delete", subject: `user:${principal.userId}`, actorId: principal.userId });
    },
    { timeout: TIMEOUT_MS },
  );
}

/** A publisher whose last member goes keeps its name and nothing that is under way. */
async function leavePublishers(tx: Tx, userId: string, now: Date): Promise<void> {
  const memberships = await tx.membership.findMany({ where: { userId }, select: { publisherId: true } });
  const ids = memberships.map((row) => row.publisherId).sort();
  for (const id of ids) await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const left = await tx.publisher.findMany({ where: { id: { in: ids }, members: { none: { role: "owner", userId: { not: userId } } } }, select: { id: true, slug: true, _count: { select: { listings: true, submissions: { where: { state: "approved" } } } } } });
  const held = left.filter((row) => row._count.listings + row._count.submissions > 0).map((row) => row.slug);
  if (held.length > 0) {
    const names = held.map((slug) => `\`${slug}\``).join(", ");
    throw new RegistryError("move-not-allowed", `You are the last owner of ${names}, which has listings: make someone else an owner or hand the listings over first.`, { members: { publishers: held } });
  }
  await withdrawOpen(tx, { userId, publisherIds: left.map((row) => row.id), now });
  await tx.submission.updateMany({ where: { claimedById: userId }, data: { claimedById: null, claimedUntil: null } });
  await tx.membership.deleteMany({ where: { userId } });
}

/** What nobody would go on with: unfinished uploads of the account, and open submissions of publishers that it leaves empty. */
async function withdrawOpen(tx: Tx, { userId, publisherIds, now }: { userId: string; publisherIds: string[]; now: Date }): Promise<void> {
  const open = await tx.submission.findMany({ where: { OR: [{ submittedById: userId, state: "draft" }, { publisherId: { in: publisherIds } }] }, select: { id: true, state: true } });
  for (const { id, state } of open) {
    const [to, by] = state === "draft" ? (["expired", "system"] as const) : (["withdrawn", "publisher"] as const);
    if (findMove(state as SubmissionState, to)?.by === by) await moveSubmission(tx, { id, to, by, actorId: userId, now });
  }
}

/** Every way in. */
async function forgetSignIns(tx: Tx, { userId, email }: Principal): Promise<void> {
  const mine = { where: { userId } };
  await tx.session.deleteMany(mine);
  await tx.knownPlace.deleteMany(mine);
  await tx.apiToken.deleteMany(mine);
  await tx.signInLink.deleteMany(mine);
  await tx.account.deleteMany(mine);
  await tx.passkey.deleteMany(mine);
  await tx.totp.deleteMany(mine);
  await tx.recoveryCode.deleteMany(mine);
  await tx.factorChallenge.deleteMany(mine);
  await tx.factorUndo.deleteMany(mine);
  await tx.emailChange.deleteMany(mine);
  await tx.deviceGrant.deleteMany(mine);
  await tx.userRole.deleteMany(mine);
  // Addresses there are as they were typed.
  await tx.verificationToken.deleteMany({ where: { identifier: { equals: email, mode: "insensitive" } } });
}

/** What else would lead to the person: the openings of the record's commitments, messages, invitations, the name under decisions and claims. */
async function forgetTraces(tx: Tx, { userId, email }: Principal): Promise<void> {
  await tx.logCommitment.deleteMany({ where: { userId } });
  await tx.invitation.deleteMany({ where: { email } });
  await tx.invitation.updateMany({ where: { invitedById: userId }, data: { invitedById: null } });
  await tx.trustedWorkflow.updateMany({ where: { createdById: userId }, data: { createdById: null } });
  await tx.decision.updateMany({ where: { deciderId: userId }, data: { deciderName: DELETED_ACCOUNT } });
  await tx.nameClaim.deleteMany({ where: { userId, decidedAt: null } });
  await tx.nameClaim.updateMany({ where: { userId }, data: { userId: null, evidence: "" } });
  await tx.upload.updateMany({ where: { userId }, data: { expiresAt: new Date(0) } });
  await tx.mail.deleteMany({ where: { userId } });
  await forgetMail(tx, { userId, email });
}

/** Suspended besides: whatever still knows the id is refused by every door that asks for that. */
async function anonymise(tx: Tx, userId: string, now: Date): Promise<void> {
  const data = { email: `deleted-${userId}@invalid`, name: null, emailVerified: null, suspendedReason: null, language: "en", muted: [] };
  await tx.user.update({ where: { id: userId }, data: { ...data, suspendedAt: now, deletedAt: now } });
}
