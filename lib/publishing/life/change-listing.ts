import { requireListing, requireMember, requireScope, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob, countDependents } from "#lib/catalog/index.ts";
import { countInDatabase, notFound } from "#lib/http/index.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { OPEN_STATES } from "#lib/submissions/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { requireDeletable } from "./deletable.ts";
import { notAllowedNow, wrongField } from "./errors.ts";
import { LISTING_VERBS, type ListingVerb, type VerbInput } from "./listing-verbs.ts";
import { noticeEnd } from "./notice.ts";
import { requireListingSuccessor } from "./successor.ts";

export interface ListingChange {
  principal: Principal;
  id: string;
  verb: ListingVerb;
  reason: string;
  successor?: string | null;
  /** ISO date; only for `deprecate`. */
  until?: string | null;
}

/** What the listing is by this alone. */
const RESULTS = { hide: "hidden", show: "visible", deprecate: "deprecated", undeprecate: "visible", delete: "removed" } as const satisfies Record<ListingVerb, string>;

type Row = Prisma.ListingGetPayload<{ include: { publisher: true } }>;

/**
 * Does what a publisher may do with a whole listing, as the table of verbs says. Throws `forbidden`, `move-not-allowed`
 * (409) with the reason, `invalid-input` for a successor or a notice that is none; returns how many listings need it.
 */
export async function changeListing(deps: Deps, input: ListingChange): Promise<{ id: string; state: string; dependents: number }> {
  const verb = LISTING_VERBS[input.verb];
  requireScope(input.principal, "yank");
  if (input.verb === "delete") await requireStepUp(deps, input.principal);
  return await deps.db.$transaction(async (tx) => {
    const listing = await holdListing(tx, input.id);
    const publisher = await requireMember(tx, input.principal, listing.publisher.slug, verb.right);
    requireListing(input.principal, input.id);
    requireUnmoderated(listing);
    const refusal = verb.refuses(listing);
    if (refusal !== null) throw notAllowedNow(`\`${input.id}\`: ${refusal}`);
    const facts = await factsOf(tx, deps, input, listing);
    const { direct } = await countDependents(tx, input.id);
    if (input.verb === "delete") await requireNothingOpen(tx, deps, listing, direct);
    await countInDatabase(tx, "yank", `publisher:${publisher.id}`);
    await tx.listing.update({ where: { id: listing.id }, data: { ...verb.change(facts), updatedAt: facts.now } });
    const told = { reason: facts.reason, ...(input.verb === "deprecate" ? { successor: facts.successor, until: facts.until?.toISOString() ?? null } : {}) };
    const event = await recordEvent(tx, { name: verb.event, subject: `listing:${input.id}`, actorId: input.principal.userId, data: told });
    await recordLeaf(tx, `event:${event}`, input.principal.userId);
    await deps.queue.enqueue(tx, catalogChangedJob, {});
    return { id: input.id, state: RESULTS[input.verb], dependents: direct };
  });
}

async function holdListing(tx: Tx, slug: string): Promise<Row> {
  await tx.$queryRaw`SELECT 1 FROM "Listing" WHERE "slug" = ${slug} FOR UPDATE`;
  const row = await tx.listing.findUnique({ where: { slug }, include: { publisher: true } });
  if (row === null) throw notFound(`Listing \`${slug}\``);
  return row;
}

/** What a moderator, or the publisher itself for good, did stands. */
export function requireUnmoderated({ slug, moderation }: { slug: string; moderation: string }): void {
  if (moderation !== "none") throw notAllowedNow(`\`${slug}\` is ${moderation}; its publisher changes nothing about it meanwhile.`, { state: moderation });
}

async function factsOf(tx: Tx, deps: Deps, input: ListingChange, listing: Row): Promise<VerbInput> {
  const now = deps.now();
  const successor = input.verb === "deprecate" ? (input.successor ?? null) : null;
  if (successor !== null) await requireListingSuccessor(tx, input.id, successor);
  const until = input.verb === "deprecate" ? noticeEnd(now, input.until ?? null) : null;
  if (until !== null && listing.deprecationEndsAt !== null && until < listing.deprecationEndsAt && input.until != null) throw wrongField("/until", `The notice that was given runs until ${listing.deprecationEndsAt.toISOString().slice(0, 10)}; it may become longer, not shorter.`);
  const kept = until !== null && listing.deprecationEndsAt !== null && listing.deprecationEndsAt > until ? listing.deprecationEndsAt : until;
  return { now, reason: input.reason, successor, until: kept };
}

async function requireNothingOpen(tx: Tx, deps: Deps, listing: Row, dependents: number): Promise<void> {
  requireDeletable({ what: `\`${listing.slug}\``, publishedAt: listing.createdAt, now: deps.now(), dependents });
  const open = await tx.submission.count({ where: { listingSlug: listing.slug, state: { in: [...OPEN_STATES] } } });
  if (open > 0) throw notAllowedNow(`A submission of \`${listing.slug}\` is open; withdraw it first.`);
}
