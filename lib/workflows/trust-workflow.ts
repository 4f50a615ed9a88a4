import { checkListingId, idSkeleton } from "@kosmarket/kit";
import { requireMember, requireScope, requireStepUp, type Principal, type PublisherRow } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest } from "#lib/http/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { wrongField, workflowMissing } from "./errors.ts";
import { workflowOf } from "./match-workflow.ts";
import type { TrustWorkflowInput } from "./schema.ts";

const MOST = 50;

/**
 * Registers a build workflow that may publish for a publisher, or for one listing of it, which need not exist yet.
 * Returns its id; the same registration twice is one. Throws `step-up-required`, `forbidden`, and `invalid-input` for an
 * issuer that the operator has not named, or a listing that is another's.
 */
export async function trustWorkflow(deps: Deps, input: { principal: Principal; slug: string; workflow: TrustWorkflowInput }): Promise<string> {
  const { workflow } = input;
  const issuer = deps.config.trustedIssuers.find(({ url }) => url === workflow.issuer.replace(/\/+$/, ""));
  return await asOwner(deps, input, async (tx, publisher) => {
    if (issuer === undefined) throw wrongField("/issuer", `This registry trusts ${deps.config.trustedIssuers.map(({ url }) => url).join(", ") || "no issuer"}.`);
    const listingSlug = workflow.listing || null;
    if (listingSlug !== null) await requireOwnOrFree(tx, publisher, listingSlug);
    const rule = { provider: issuer.provider, issuer: issuer.url, repository: workflow.repository, workflow: fileOf(issuer.provider, workflow.workflow), environment: workflow.environment ?? null, ref: workflow.ref ?? null, selfHosted: workflow.selfHosted };
    const key = { publisherId: publisher.id, listingSlug, repositoryKey: workflow.repository.toLowerCase() };
    const { repository: _typed, ...same } = rule;
    const known = await tx.trustedWorkflow.findFirst({ where: { ...same, ...key }, select: { id: true } });
    if (known !== null) return known.id;
    if ((await tx.trustedWorkflow.count({ where: { publisherId: publisher.id } })) >= MOST) throw badRequest(`A publisher trusts at most ${MOST} workflows; remove one first.`);
    const row = await tx.trustedWorkflow.create({ data: { id: newId(), ...rule, ...key, ownerId: workflow.ownerId ?? null, repositoryId: workflow.repositoryId ?? null, createdById: input.principal.userId } });
    await recordEvent(tx, { name: "accounts:workflow:trust", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { workflow: row.id, issuer: row.issuer } });
    return row.id;
  });
}

/** Takes a registration over from an owner who is none any more: from now on it publishes in the principal's name. Throws `not-found`. */
export async function confirmWorkflow(deps: Deps, input: { principal: Principal; slug: string; id: string }): Promise<void> {
  await asOwner(deps, input, async (tx, publisher) => {
    const { count } = await tx.trustedWorkflow.updateMany({ where: { id: input.id, publisherId: publisher.id }, data: { createdById: input.principal.userId } });
    if (count !== 1) throw workflowMissing(input.id);
    await recordEvent(tx, { name: "accounts:workflow:confirm", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { workflow: input.id } });
  });
}

/** Ends a registration, and every token that a workflow of the publisher holds at this moment. Throws `not-found`. */
export async function distrustWorkflow(deps: Deps, input: { principal: Principal; slug: string; id: string }): Promise<void> {
  await asOwner(deps, input, async (tx, publisher) => {
    const { count } = await tx.trustedWorkflow.deleteMany({ where: { id: input.id, publisherId: publisher.id } });
    if (count !== 1) throw workflowMissing(input.id);
    // A token may be for the listings of several registrations, and lives minutes: all of them go. Only now, since an exchange that was under way held the registration until its token was there.
    await tx.apiToken.deleteMany({ where: { trustedWorkflow: { publisherId: publisher.id } } });
    await recordEvent(tx, { name: "accounts:workflow:distrust", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { workflow: input.id } });
  });
}

/** Runs a change as an owner of the publisher, whose row is held meanwhile: who was removed a moment ago changes nothing. */
async function asOwner<T>(deps: Deps, { principal, slug }: { principal: Principal; slug: string }, change: (tx: Tx, publisher: PublisherRow) => Promise<T>): Promise<T> {
  requireScope(principal, "keys");
  return await deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "slug" = ${slug} FOR NO KEY UPDATE`;
    const publisher = await requireMember(tx, principal, slug, "keys");
    await requireStepUp(deps, principal);
    return await change(tx, publisher);
  });
}

async function requireOwnOrFree(tx: Tx, publisher: PublisherRow, slug: string): Promise<void> {
  const taken = await tx.listing.findUnique({ where: { skeleton: idSkeleton(slug) }, select: { slug: true, publisherId: true } });
  const [fault] = taken === null ? checkListingId(slug).map((problem) => problem.detail) : [];
  if (fault !== undefined) throw wrongField("/listing", fault);
  if (taken !== null && taken.slug !== slug) throw wrongField("/listing", `\`${slug}\` can be mistaken for \`${taken.slug}\`, which exists.`);
  if (taken !== null && taken.publisherId !== publisher.id) throw wrongField("/listing", `\`${slug}\` belongs to another publisher.`);
}

function fileOf(provider: string, typed: string): string {
  const file = workflowOf(provider, typed);
  if (provider === "github" && !/^[^/]+\.ya?ml$/.test(file)) throw wrongField("/workflow", "Name the file below `.github/workflows/`, such as `release.yml`.");
  return file;
}
