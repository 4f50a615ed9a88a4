import { checkListingId, idSkeleton } from "@kosmarket/kit";
import { inputProblem, invalidInput } from "#lib/http/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { TokenScope } from "./schema.ts";

/** What a token for some listings may carry: everything else reaches beyond listings. */
const LISTING_SCOPES: readonly TokenScope[] = ["publish", "yank", "read"];

/**
 * Checks the listings that a token is to be for: each is one of a publisher of the person's, or a free name that a
 * first publish may take. Throws `invalid-input` with every name that is not, and for scopes that reach beyond listings.
 */
export async function checkTokenListings(tx: Tx, input: { userId: string; listings: string[]; scopes: TokenScope[] }): Promise<void> {
  if (input.listings.length === 0) return;
  const problems = input.scopes.filter((scope) => !LISTING_SCOPES.includes(scope)).map((scope) => inputProblem("/scopes", `A token for some listings cannot have the scope \`${scope}\`, which reaches beyond them.`));
  for (const [at, slug] of input.listings.entries()) problems.push(...(await listingProblems(tx, input.userId, slug)).map((detail) => inputProblem(`/listings/${at}`, detail)));
  if (problems.length > 0) throw invalidInput(problems);
}

async function listingProblems(tx: Tx, userId: string, slug: string): Promise<string[]> {
  const taken = await tx.listing.findUnique({ where: { skeleton: idSkeleton(slug) }, select: { slug: true, publisher: { select: { members: { where: { userId }, select: { role: true } } } } } });
  if (taken === null) return checkListingId(slug).map((problem) => problem.detail);
  if (taken.slug !== slug) return [`\`${slug}\` can be mistaken for \`${taken.slug}\`, which exists.`];
  return taken.publisher.members.length > 0 ? [] : [`\`${slug}\` belongs to a publisher that you are not a member of.`];
}
