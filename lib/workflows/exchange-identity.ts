import { activeOwners, createWorkflowToken, hashSecret } from "#lib/accounts/index.ts";
import type { WorkflowIdentityView } from "#lib/accounts/schema.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { queueMail, workflowFirstUsedMail } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { identityRefused } from "./errors.ts";
import { matchWorkflows, type MatchedRow } from "./match-workflow.ts";
import { readClaims } from "./read-claims.ts";
import type { ExchangeView } from "./schema.ts";
import { verifyIdentity, type IdentityClaims } from "./verify-identity.ts";

/** How much longer than the token itself the mark of its use is kept. */
const KEEP_MS = 5 * 60_000;

/**
 * Exchanges the identity token of a CI run for a token that publishes what its workflow is registered for, for fifteen
 * minutes, in the name of the owner who registered it. Everything is verified before anything is written; each token
 * counts once. Throws `identity-refused`, `workflow-not-trusted`, or `unavailable` while the issuer does not answer.
 */
export async function exchangeIdentity(deps: Deps, input: { token: string; publisher: string | null }): Promise<ExchangeView> {
  const { issuer, claims } = await verifyIdentity(deps, input.token);
  const identity = readClaims(issuer, claims);
  return await deps.db.$transaction(async (tx) => {
    await spend(tx, claims);
    const rows = await matchWorkflows(tx, identity, input.publisher);
    const first = await pin(tx, rows, identity, deps.now());
    return await issue(tx, deps, { rows, identity, first });
  });
}

/** Of many equal tokens at once the database lets one through; the others do not wait for it, and hold no connection. */
async function spend(tx: Tx, { iss, jti, exp }: IdentityClaims): Promise<void> {
  const [lock] = await tx.$queryRaw<{ held: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${`${iss} ${jti}`}, 0)) AS held`;
  const taken = lock?.held !== true ? 0 : await tx.$executeRaw`INSERT INTO "SpentIdentity" ("issuer", "jtiHash", "expiresAt") VALUES (${iss}, ${hashSecret(jti)}, ${new Date(exp * 1000 + KEEP_MS)}) ON CONFLICT DO NOTHING`;
  if (taken !== 1) throw identityRefused("replayed", "The token was exchanged before; each counts once.", "Ask the issuer for a new one.");
}

/** Keeps the issuer's numbers, so that a name which somebody else takes later opens nothing. Returns what was used for the first time. */
async function pin(tx: Tx, rows: MatchedRow[], { ownerId, repositoryId }: WorkflowIdentityView, now: Date): Promise<MatchedRow[]> {
  for (const row of rows) await tx.trustedWorkflow.update({ where: { id: row.id }, data: { ownerId, repositoryId, lastUsedAt: now } });
  return rows.filter((row) => row.lastUsedAt === null);
}

async function issue(tx: Tx, deps: Deps, { rows, identity, first }: { rows: MatchedRow[]; identity: WorkflowIdentityView; first: MatchedRow[] }): Promise<ExchangeView> {
  // A registration for the whole publisher says most; among equals the oldest speaks.
  const speaks = rows.find((row) => row.listingSlug === null) ?? rows[0];
  if (speaks === undefined) throw new Error("matching rows are never none");
  const listings = speaks.listingSlug === null ? [] : [...new Set(rows.map((row) => row.listingSlug ?? ""))];
  const { token, id, expiresAt } = await createWorkflowToken(tx, { userId: speaks.createdById, trustedWorkflowId: speaks.id, listings, identity, now: deps.now() });
  await recordEvent(tx, { name: "accounts:workflow:exchange", subject: `publisher:${speaks.publisher.slug}`, actorId: null, data: { workflow: speaks.id, token: id, commit: identity.commit } });
  if (first.length > 0) await tellOwners(tx, deps, speaks, identity);
  return { token, expiresAt: expiresAt.toISOString(), publisher: speaks.publisher.slug, listings, scopes: ["publish"], identity };
}

async function tellOwners(tx: Tx, deps: Deps, row: MatchedRow, identity: WorkflowIdentityView): Promise<void> {
  const url = `${deps.config.publicUrl}/teams/${row.publisher.slug}/trusted-publishing`;
  for (const owner of await activeOwners(tx, row.publisherId)) await queueMail(tx, deps, { to: owner.email, ...workflowFirstUsedMail({ publisher: row.publisher.name, repository: identity.repository, workflow: identity.workflow, url }) });
}
