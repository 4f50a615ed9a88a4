import type { Tx } from "#lib/platform/index.ts";
import { remainingOwners } from "../require-owner.ts";

const DORMANT_MS = 365 * 86_400_000;

/**
 * Why a publisher counts as dormant, in a sentence, or null: nobody is left who owns it, or for a year no owner signed in
 * or used a token and nothing was submitted. A younger publisher is never dormant while it has an owner, and one whose
 * account is suspended is still an owner: a suspension ends.
 */
export async function whyDormant(tx: Tx, publisher: { id: string; createdAt: Date }, now: Date): Promise<string | null> {
  const owners = (await remainingOwners(tx, publisher.id)).map((owner) => owner.id);
  if (owners.length === 0) return "It has no owner left.";
  const since = new Date(now.getTime() - DORMANT_MS);
  if (publisher.createdAt > since) return null;
  const signs = [
    () => tx.auditEvent.count({ where: { name: "accounts:session:create", actorId: { in: owners }, at: { gt: since } } }),
    () => tx.session.count({ where: { userId: { in: owners }, OR: [{ lastUsedAt: { gt: since } }, { authenticatedAt: { gt: since } }] } }),
    () => tx.apiToken.count({ where: { userId: { in: owners }, lastUsedAt: { gt: since } } }),
    () => tx.submission.count({ where: { publisherId: publisher.id, submittedAt: { gt: since } } }),
    () => tx.version.count({ where: { submission: { publisherId: publisher.id }, publishedAt: { gt: since } } }),
  ];
  // One after the other: a transaction has one connection.
  for (const count of signs) if ((await count()) > 0) return null;
  return "For a year no owner signed in and nothing was published.";
}
