import { domainToUnicode } from "node:url";
import type { Db, Tx } from "#lib/platform/index.ts";
import type { NameDetailView, ProvenNameView } from "../schema.ts";
import { domainSkeleton } from "./parse-domain.ts";
import { proofInstructions } from "./proof-text.ts";

/** Proofs that hold now. */
const PROVEN = { provenAt: { not: null }, lostAt: null } as const;
const MOST_COMPARED = 5000;

interface Held {
  domain: string;
  slug: string;
}

/** The domains that a publisher proved, first proven first, each with who else proved it and what could be mistaken for it. */
export async function provenNames(db: Db | Tx, publisherId: string): Promise<ProvenNameView[]> {
  const rows = await db.nameProof.findMany({ where: { publisherId, ...PROVEN }, include: { publisher: true }, orderBy: { provenAt: "asc" } });
  if (rows.length === 0) return [];
  const held = await allHeld(db);
  return rows.map((row) => ({
    domain: row.domain,
    unicode: domainToUnicode(row.domain),
    method: row.method as ProvenNameView["method"],
    provenAt: (row.provenAt ?? row.createdAt).toISOString(),
    checkedAt: (row.checkedAt ?? row.createdAt).toISOString(),
    proof: proofInstructions({ publisher: row.publisher.slug, domain: row.domain, token: row.token, method: row.method as ProvenNameView["method"] }),
    ...neighbours(held, row.domain, row.publisher.slug),
  }));
}

/** Every domain that a publisher asked to prove, for its members, with what to publish where. */
export async function listNames(db: Db, slug: string): Promise<NameDetailView[]> {
  const rows = await db.nameProof.findMany({ where: { publisher: { slug } }, orderBy: { createdAt: "asc" } });
  const held = rows.length === 0 ? [] : await allHeld(db);
  return rows.map((row) => ({
    id: row.id,
    domain: row.domain,
    unicode: domainToUnicode(row.domain),
    method: row.method as NameDetailView["method"],
    state: row.provenAt === null ? "waiting" : row.lostAt === null ? "proven" : "lost",
    proof: proofInstructions({ publisher: slug, domain: row.domain, token: row.token, method: row.method as NameDetailView["method"] }),
    createdAt: row.createdAt.toISOString(),
    provenAt: row.provenAt?.toISOString() ?? null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    lostAt: row.lostAt?.toISOString() ?? null,
    failures: row.failures,
    lastError: row.lastError,
    ...neighbours(held, row.domain, slug),
  }));
}

/** Publishers, by id, that hold at least one domain now. */
export async function publishersWithNames(db: Db, publisherIds: string[]): Promise<Set<string>> {
  const rows = await db.nameProof.groupBy({ by: ["publisherId"], where: { publisherId: { in: publisherIds }, ...PROVEN } });
  return new Set(rows.map((row) => row.publisherId));
}

async function allHeld(db: Db | Tx): Promise<Held[]> {
  const rows = await db.nameProof.findMany({ where: PROVEN, select: { domain: true, publisher: { select: { slug: true } } }, orderBy: { provenAt: "asc" }, take: MOST_COMPARED });
  return rows.map((row) => ({ domain: row.domain, slug: row.publisher.slug }));
}

function neighbours(held: Held[], domain: string, slug: string): { alsoHeldBy: string[]; lookAlikes: string[] } {
  const skeleton = domainSkeleton(domain);
  return {
    alsoHeldBy: held.filter((other) => other.domain === domain && other.slug !== slug).map((other) => other.slug),
    lookAlikes: [...new Set(held.filter((other) => other.domain !== domain && domainSkeleton(other.domain) === skeleton).map((other) => other.domain))],
  };
}
