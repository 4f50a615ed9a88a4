import type { Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import { claimFiledMail, claimWaitingMail, queueMail } from "#lib/mail/index.ts";
import { isUniqueViolation, newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { notAllowedNow, publisherMissing, wrongField } from "../errors.ts";
import { holdAsOwner, remainingOwners, requireTeamReach } from "../require-owner.ts";
import { CLAIM_DECIDERS } from "./decide-claim.ts";
import { whyDormant } from "./dormant.ts";
import { matchDomain } from "./match-domain.ts";

/** How long whoever holds a publisher's name has to object. */
const NOTICE_MS = 30 * 86_400_000;

export interface FileClaimInput {
  principal: Principal;
  kind: "listing" | "publisher";
  /** Id of the listing or slug of the publisher. */
  subject: string;
  /** The publisher that claims a listing. */
  publisher: string | null;
  evidence: string;
}

interface Filed {
  publisherId: string | null;
  evidence: string;
  noticeUntil: Date;
  /** Publisher whose owners are told. */
  holder: { id: string; bootstrap: boolean };
}

/**
 * Asks for a name that somebody else holds: a community-maintained listing for the vendor who proved its domain, or a
 * dormant publisher for anyone with a reason. Its owners are told. Throws `invalid-input` where the claim has no ground
 * and `move-not-allowed` while another one is open.
 */
export async function fileClaim(deps: Deps, input: FileClaimInput): Promise<{ id: string }> {
  requireTeamReach(input.principal);
  const now = deps.now();
  try {
    return await deps.db.$transaction(async (tx) => {
      const filed = input.kind === "listing" ? await groundForListing(tx, input, now) : await groundForPublisher(tx, input, now);
      const row = await tx.nameClaim.create({ data: { id: newId(), kind: input.kind, subject: input.subject, publisherId: filed.publisherId, userId: input.principal.userId, evidence: filed.evidence, createdAt: now, noticeUntil: filed.noticeUntil } });
      await recordEvent(tx, { name: "accounts:claim:file", subject: `${input.kind}:${input.subject}`, actorId: input.principal.userId, data: { claim: row.id } });
      await tell(tx, deps, input, filed);
      return { id: row.id };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw notAllowedNow("A claim for this name is open already.");
    throw error;
  }
}

/** Whoever holds the name, whom no choice of mail keeps from it, and whoever decides on names. */
async function tell(tx: Tx, deps: Deps, input: FileClaimInput, filed: Filed): Promise<void> {
  const claim = { name: { kind: input.kind, subject: input.subject }, evidence: filed.evidence, until: input.kind === "publisher" ? filed.noticeUntil : null, url: `${deps.config.publicUrl}/claims` };
  for (const owner of filed.holder.bootstrap ? [] : await remainingOwners(tx, filed.holder.id)) await queueMail(tx, deps, { to: owner.email, ...claimFiledMail(claim) });
  const deciders = await tx.user.findMany({ where: { id: { not: input.principal.userId }, suspendedAt: null, deletedAt: null, roles: { some: { role: { in: [...CLAIM_DECIDERS] } } } }, select: { email: true }, orderBy: { id: "asc" } });
  for (const { email } of deciders) await queueMail(tx, deps, { to: email, ...claimWaitingMail(claim) });
}

async function groundForListing(tx: Tx, input: FileClaimInput, now: Date): Promise<Filed> {
  const listing = await tx.listing.findUnique({ where: { slug: input.subject }, include: { publisher: true } });
  if (listing === null) throw notFound(`Listing \`${input.subject}\``);
  if (input.publisher === null) throw wrongField("/publisher", "Say which publisher of yours claims the listing.");
  const claimant = await holdAsOwner(tx, input.principal, input.publisher);
  if (!listing.communityMaintained) throw wrongField("/subject", `\`${input.subject}\` is published by \`${listing.publisher.slug}\`, not maintained by the community; ask its publisher to hand it over.`);
  const { match, hosts } = await matchDomain(tx, claimant.id, listing);
  if (match === null) throw wrongField("/publisher", `\`${claimant.slug}\` has not proven a domain of this listing; it names ${hosts.map((host) => `\`${host}\``).join(", ") || "no address"}.`);
  const evidence = `${claimant.name} proved ${match.domain}; the listing names ${match.host}. ${input.evidence}`;
  return { publisherId: claimant.id, evidence, noticeUntil: now, holder: listing.publisher };
}

async function groundForPublisher(tx: Tx, input: FileClaimInput, now: Date): Promise<Filed> {
  const publisher = await tx.publisher.findUnique({ where: { slug: input.subject } });
  if (publisher === null) throw publisherMissing(input.subject);
  if (publisher.bootstrap || publisher.suspendedAt !== null) throw wrongField("/subject", `\`${publisher.slug}\` cannot be claimed.`);
  const dormant = await whyDormant(tx, publisher, now);
  if (dormant === null) throw wrongField("/subject", `\`${publisher.slug}\` is not dormant: within the last year an owner signed in or something was published.`);
  return { publisherId: null, evidence: `${dormant} ${input.evidence}`, noticeUntil: new Date(now.getTime() + NOTICE_MS), holder: publisher };
}
