import { activeOwners, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { isId, type Prisma, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { notAllowedNow, transferClosed, transferMissing } from "../errors.ts";
import { holdAsOwner, requireTeamReach } from "../require-owner.ts";
import { handOverListing } from "./hand-over-listing.ts";

interface AnswerInput {
  principal: Principal;
  id: string;
}

type TransferRow = Prisma.ListingTransferGetPayload<{ include: { listing: true; from: true; to: true } }>;
const OPEN = { acceptedAt: null, declinedAt: null, withdrawnAt: null } as const;

/**
 * Takes an offered listing over, as an owner of the receiver after a step-up: everything that follows is one transaction.
 * Throws `move-not-allowed` where whoever offered it cannot act as an owner any more.
 */
export async function acceptTransfer(deps: Deps, input: AnswerInput): Promise<void> {
  await requireStepUp(deps, input.principal);
  await deps.db.$transaction(async (tx) => {
    const transfer = await readTransfer(tx, input);
    // Both sides, in one order for every handover: the owners of either change under these locks.
    await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "id" IN (${transfer.from.id}::uuid, ${transfer.to.id}::uuid) ORDER BY "id" FOR NO KEY UPDATE`;
    await holdAsOwner(tx, input.principal, transfer.to.slug);
    if (transfer.from.suspendedAt !== null) throw new RegistryError("forbidden", `The publisher \`${transfer.from.slug}\` is suspended.`);
    if (!(await activeOwners(tx, transfer.from.id)).some((owner) => owner.id === transfer.offeredById)) throw notAllowedNow(`Whoever made this offer is no owner of \`${transfer.from.slug}\` any more; ask for a new one.`);
    await close(tx, deps, input, { acceptedAt: deps.now() });
    const { listing, from, to } = transfer;
    await handOverListing(tx, deps, { listing, from, to, cause: "offer", transferId: transfer.id, actorId: input.principal.userId });
  });
}

/** Says no to an offer, as an owner of the receiver. */
export async function declineTransfer(deps: Deps, input: AnswerInput): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const transfer = await readTransfer(tx, input);
    await holdAsOwner(tx, input.principal, transfer.to.slug);
    await close(tx, deps, input, { declinedAt: deps.now() });
    await recordEvent(tx, { name: "catalog:transfer:decline", subject: `listing:${transfer.listing.slug}`, actorId: input.principal.userId, data: { transfer: transfer.id } });
  });
}

/** Takes an offer back, as an owner of the publisher that made it. */
export async function withdrawTransfer(deps: Deps, input: AnswerInput): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const transfer = await readTransfer(tx, input);
    await holdAsOwner(tx, input.principal, transfer.from.slug);
    await close(tx, deps, input, { withdrawnAt: deps.now() });
    await recordEvent(tx, { name: "catalog:transfer:withdraw", subject: `listing:${transfer.listing.slug}`, actorId: input.principal.userId, data: { transfer: transfer.id } });
  });
}

/** For whoever belongs to neither side it does not exist. */
async function readTransfer(tx: Tx, { principal, id }: AnswerInput): Promise<TransferRow> {
  requireTeamReach(principal);
  const member = { members: { some: { userId: principal.userId } } };
  const transfer = isId(id) ? await tx.listingTransfer.findFirst({ where: { id, OR: [{ from: member }, { to: member }] }, include: { listing: true, from: true, to: true } }) : null;
  if (transfer === null) throw transferMissing(id);
  return transfer;
}

/** One of many answers at once wins: the row lets one through. */
async function close(tx: Tx, deps: Deps, { principal, id }: AnswerInput, how: { acceptedAt: Date } | { declinedAt: Date } | { withdrawnAt: Date }): Promise<void> {
  const { count } = await tx.listingTransfer.updateMany({ where: { id, ...OPEN, expiresAt: { gt: deps.now() } }, data: { ...how, answeredById: principal.userId } });
  if (count !== 1) throw transferClosed();
}
