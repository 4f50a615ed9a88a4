import { parseRequirement, type Manifest, type TargetHost } from "@kosmarket/kit";
import { Prisma, type Db } from "#lib/platform/index.ts";
import { findAdvisories, isAffected, overlap, OWN_ECOSYSTEM } from "../advisories/find-advisories.ts";
import type { DependenciesView, DependencyGraphView } from "../schema.ts";
import { buildGraph } from "./build-graph.ts";
import { loadReleases, releaseOf } from "./load-releases.ts";
import { countDependents, listDependents } from "./read-dependents.ts";

const MOST_DEPENDENTS = 200;

/**
 * Dependencies of a listing's version in both directions, and the graph of what it needs: for its current version
 * unless another is named, for any machine unless one is. Null when there is no such listing or version.
 */
export async function readDependencies(deps: { db: Db }, id: string, asked: { version?: string | undefined } & TargetHost = {}): Promise<DependenciesView | null> {
  const listing = await deps.db.listing.findUnique({ where: { slug: id }, select: { id: true, latestVersion: true } });
  if (listing === null) return null;
  const version = asked.version ?? listing.latestVersion;
  const row = version === null ? null : await deps.db.version.findUnique({ where: { listingId_version: { listingId: listing.id, version } } });
  if (row === null && asked.version !== undefined) return null;
  const manifest = (row?.manifest ?? null) as Manifest | null;
  const { listings, npm } = manifest?.kind === "plugin" ? manifest.dependencies : { listings: {}, npm: {} };
  const { releases, complete } = await loadReleases(deps.db, Object.keys(listings));
  const dependents = await countDependents(deps.db, id);
  const graph = row === null ? null : await readGraph(deps.db, { id, release: releaseOf(manifest, { ...row, yanked: row.yankedAt !== null }), npm }, releases, asked);
  return {
    version,
    requires: [
      ...Object.entries(listings).map(([name, range]) => ({ source: "listing" as const, name, range, published: (releases.get(name) ?? []).length > 0 })),
      ...Object.entries(npm).map(([name, range]) => ({ source: "npm" as const, name, range, published: false })),
    ],
    requiredBy: await listDependents(deps.db, id, MOST_DEPENDENTS),
    dependents,
    graph: graph === null ? null : { ...graph, complete: graph.complete && complete },
  };
}

async function readGraph(db: Db, root: Parameters<typeof buildGraph>[0], releases: Parameters<typeof buildGraph>[1], host: TargetHost): Promise<DependencyGraphView> {
  const npm = await npmByVersion(db, [...releases.keys()]);
  const graph = buildGraph(root, releases, (id, version) => npm.get(`${id} ${version}`) ?? {}, { platform: host.platform, kos: host.kos });
  const found = await findAdvisories(db, graph.nodes.map(({ source, name }) => ({ ecosystem: source === "npm" ? "npm" : OWN_ECOSYSTEM, name })));
  for (const node of graph.nodes) {
    const ranges = graph.edges.filter((edge) => edge.to === node.key).map((edge) => edge.range);
    node.advisories = found
      .filter((one) => one.name === node.name && (one.ecosystem === "npm") === (node.source === "npm"))
      .filter((one) => (node.version === null ? ranges.some((range) => overlap(one, rangeOf(range)) !== "none") : isAffected(one, node.version)))
      .map((one) => ({ id: one.advisory, summary: one.summary, severity: one.severity, affected: one.range ?? one.versions.join(" || "), fixed: one.fixed, url: one.url }));
  }
  return graph;
}

/** What a requirement allows of versions; a channel by itself allows all of them. */
const rangeOf = (text: string): string => parseRequirement(text)?.range.raw ?? text;

/** What npm packages each version of some listings needs, by `id version`. */
async function npmByVersion(db: Db, slugs: string[]): Promise<Map<string, Record<string, string>>> {
  if (slugs.length === 0) return new Map();
  const rows = await db.$queryRaw<{ key: string; npm: Record<string, string> }[]>(Prisma.sql`
    SELECT l."slug" || ' ' || v."version" AS key, v."manifest"->'dependencies'->'npm' AS npm
    FROM "Listing" l JOIN "Version" v ON v."listingId" = l."id"
    WHERE l."slug" = ANY(${slugs}) AND v."manifest"->'dependencies'->'npm' IS NOT NULL AND v."manifest"->'dependencies'->'npm' <> '{}'::jsonb LIMIT 5000`);
  return new Map(rows.map((row) => [row.key, row.npm]));
}
