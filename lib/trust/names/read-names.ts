import { domainToUnicode } from "node:url";
import type { Db, Tx } from "#lib/platform/index.ts";
import type { NameDetailView, ProvenNameView } from "../schema.ts";
import { proofInstructions } from "./proof-text.ts";

/** Proofs that hold now. */
const PROVEN = { provenAt: { not: null }, lostAt: null } as const;
/** Proofs of the same or of look-alike domains that are told; more of them say no more. */
const MOST_NEIGHBOURS = 200;

interface Held {
  domain: string;
  skeleton: string | null;
  slug: string;
}

/** The domains that a publisher proved, first proven first, each with who else proved it and what could be mistaken for it. */
export async function provenNames(db: Db | Tx, publisherId: string): Promise<ProvenNameView[]> {
  const rows = await db.nameProof.findMany({ where: { publisherId, ...PROVEN }, include: { publisher: true }, orderBy: { provenAt: "asc" } });
  const held = await heldNear(db, rows);
  return rows.map((row) => ({
    domain: row.domain,
    unicode: domainToUnicode(row.domain),
    method: row.method as ProvenNameView["method"],
    provenAt: (row.provenAt ?? row.createdAt).toISOString(),
    checkedAt: (row.checkedAt ?? row.createdAt).toISOString(),
    proof: proofInstructions({ publisher: row.publisher.slug, domain: row.domain, token: row.token, method: row.method as ProvenNameView["method"] }),
    ...neighbours(held, row, row.publisher.slug),
  }));
}

/** Every domain that a publisher asked to prove, for its members, with what to publish where. */
export async function listNames(db: Db, slug: string): Promise<NameDetailView[]> {
  const rows = await db.nameProof.findMany({ where: { publisher: { slug } }, orderBy: { createdAt: "asc" } });
  const held = await heldNear(db, rows);
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
    ...neighbours(held, row, slug),
  }));
}

/** Publishers, by id, that hold at least one domain now. */
export async function publishersWithNames(db: Db, publisherIds: string[]): Promise<Set<string>> {
  const rows = await db.nameProof.groupBy({ by: ["publisherId"], where: { publisherId: { in: publisherIds }, ...PROVEN } });
  return new Set(rows.map((row) => row.publisherId));
}

type Named = Pick<Held, "domain" | "skeleton">;

/** Who holds one of these domains or one that looks like it. Skeletons come out of the table: making them takes a while, and anyone may ask. */
async function heldNear(db: Db | Tx, names: readonly Named[]): Promise<Held[]> {
  if (names.length === 0) return [];
  const near = { OR: [{ domain: { in: names.map((name) => name.domain) } }, { skeleton: { in: names.flatMap((name) => name.skeleton ?? []) } }] };
  const rows = await db.nameProof.findMany({ where: { ...PROVEN, ...near }, select: { domain: true, skeleton: true, publisher: { select: { slug: true } } }, orderBy: { provenAt: "asc" }, take: MOST_NEIGHBOURS });
  return rows.map((row) => ({ domain: row.domain, skeleton: row.skeleton, slug: row.publisher.slug }));
}

function neighbours(held: Held[], { domain, skeleton }: Named, slug: string): { alsoHeldBy: string[]; lookAlikes: string[] } {
  return {
    alsoHeldBy: held.filter((other) => other.domain === domain && other.slug !== slug).map((other) => other.slug),
    lookAlikes: [...new Set(held.filter((other) => other.domain !== domain && skeleton !== null && other.skeleton === skeleton).map((other) => other.domain))],
  };
}
