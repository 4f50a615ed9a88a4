import { activeOwners, requireMember, requireScope, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import { nameLostMail, queueMail } from "#lib/mail/index.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { domainSkeleton } from "./parse-domain.ts";
import { verifyFile, type Outside } from "./verify-file.ts";
import { verifyRecord } from "./verify-record.ts";

const DAY_MS = 86_400_000;
/** Failed checks in a row, and days since the last good one, after which a proof is lost: a site may be down over a weekend. */
const MOST_FAILURES = 3;
const PATIENCE_MS = 3 * DAY_MS;

type ProofRow = Prisma.NameProofGetPayload<{ include: { publisher: true } }>;

/** Looks now whether the proof stands where it should, for an owner. `web` replaces how the site is reached. Throws `not-found`. */
export async function checkName(deps: Deps, input: { principal: Principal; slug: string; id: string }, web: Partial<Outside> = {}): Promise<void> {
  requireScope(input.principal, "keys");
  const publisher = await requireMember(deps.db, input.principal, input.slug, "keys");
  const proof = await deps.db.nameProof.findFirst({ where: { id: input.id, publisherId: publisher.id }, include: { publisher: true } });
  if (proof === null) throw notFound(`A proof \`${input.id}\` of \`${input.slug}\``);
  await lookAndSettle(deps, proof, input.principal.userId, web);
}

/** The same, made due by the calendar. A publisher that is suspended keeps what it has. */
export async function recheckName(deps: Deps, input: { proofId: string }, web: Partial<Outside> = {}): Promise<void> {
  const proof = await deps.db.nameProof.findUnique({ where: { id: input.proofId }, include: { publisher: true } });
  if (proof !== null && proof.publisher.suspendedAt === null) await lookAndSettle(deps, proof, null, web);
}

async function lookAndSettle(deps: Deps, proof: ProofRow, actorId: string | null, web: Partial<Outside>): Promise<void> {
  const text = { publisher: proof.publisher.slug, domain: proof.domain, token: proof.token };
  const outside = { allow: deps.config.outgoingAllow, nameServers: deps.config.nameServers, ...web };
  const fault = proof.method === "dns" ? await verifyRecord(text, outside.nameServers) : await verifyFile(text, outside);
  await deps.db.$transaction((tx) => settle(tx, deps, proof, fault, actorId));
}

/** Writes down what a look found, unless the proof was changed or taken back meanwhile. */
async function settle(tx: Tx, deps: Deps, seen: ProofRow, fault: string | null, actorId: string | null): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "NameProof" WHERE "id" = ${seen.id}::uuid FOR UPDATE`;
  const row = await tx.nameProof.findUnique({ where: { id: seen.id } });
  if (row === null || row.method !== seen.method || row.token !== seen.token) return;
  const now = deps.now();
  const proven = row.provenAt !== null && row.lostAt === null;
  const nextCheckAt = new Date(now.getTime() + DAY_MS);
  if (fault === null) {
    await tx.nameProof.update({ where: { id: row.id }, data: { skeleton: domainSkeleton(row.domain), failures: 0, lastError: null, checkedAt: now, nextCheckAt, ...(proven ? {} : { provenAt: now, lostAt: null }) } });
    if (!proven) await tell(tx, seen, actorId, "trust:name:prove", { domain: row.domain, method: row.method });
    return;
  }
  const failures = row.failures + 1;
  const lost = proven && failures >= MOST_FAILURES && now.getTime() - (row.checkedAt ?? now).getTime() >= PATIENCE_MS;
  await tx.nameProof.update({ where: { id: row.id }, data: { failures, lastError: fault, nextCheckAt: row.provenAt === null ? null : nextCheckAt, ...(lost ? { lostAt: now } : {}) } });
  if (!lost) return;
  await tell(tx, seen, actorId, "trust:name:lose", { domain: row.domain, reason: `The proof was not found by ${failures} checks in a row.` });
  await mailOwners(tx, deps, seen, fault);
}

async function tell(tx: Tx, { publisher }: ProofRow, actorId: string | null, name: "trust:name:prove" | "trust:name:lose", data: Prisma.InputJsonObject): Promise<void> {
  const event = await recordEvent(tx, { name, subject: `publisher:${publisher.slug}`, actorId, data });
  await recordLeaf(tx, `event:${event}`, actorId);
}

async function mailOwners(tx: Tx, deps: Deps, { publisher, domain }: ProofRow, fault: string): Promise<void> {
  for (const owner of await activeOwners(tx, publisher.id)) await queueMail(tx, deps, { to: owner.email, ...nameLostMail({ publisher: publisher.name, domain, fault, url: `${deps.config.publicUrl}/teams/${publisher.slug}` }) });
}
