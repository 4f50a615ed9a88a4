import { z } from "zod";
import { WorkflowIdentity } from "#lib/accounts/schema.ts";
import { Provenance } from "#lib/provenance/schema.ts";
import { ProvenName } from "#lib/trust/schema.ts";

/** Vocabulary of a listing as answers and pages name it. */
export const KINDS = ["service", "plugin"] as const;
export const TYPES = ["llm", "vector_store", "image_gen", "media_proc", "tools", "user_plugin"] as const;
export const TRUST = ["system", "trusted", "unverified"] as const;
export const SORTS = ["relevance", "updated", "newest", "name", "downloads"] as const;

export const RungSchema = z
  .object({
    rung: z.enum(["bytes", "author", "name", "record", "review"]),
    state: z.enum(["proven", "missing", "failed"]),
    /** One plain sentence: what is proven and by whom, or what is missing. */
    statement: z.string(),
    /** Facts behind the sentence, as label and value; mono values are hashes, ids and commands. */
    evidence: z.array(z.object({ label: z.string(), value: z.string(), mono: z.boolean().default(false) })),
    /** The command with which a reader checks the rung, or null. */
    command: z.string().nullable(),
  })
  .meta({ id: "Rung" });
export type Rung = z.infer<typeof RungSchema>;

export const PublisherRef = z.object({ slug: z.string(), name: z.string() });

export const ListingSummary = z
  .object({
    id: z.string(),
    kind: z.enum(KINDS),
    type: z.enum(TYPES),
    name: z.string(),
    summary: z.string(),
    publisher: PublisherRef,
    latest: z.string().nullable(),
    trust: z.object({ requested: z.enum(TRUST), effective: z.enum(TRUST) }),
    signer: z.enum(["publisher", "registry"]).nullable(),
    capabilities: z.array(z.string()),
    permissions: z.array(z.string()),
    updatedAt: z.string(),
    /** True where the entry describes another vendor's service and that vendor has not claimed it. */
    communityMaintained: z.boolean(),
    /** The five rungs in short form, in ladder order. */
    ladder: z.array(z.object({ rung: RungSchema.shape.rung, state: RungSchema.shape.state })),
    /** Downloads of the last 30 days; daily counts, oldest first. */
    downloads: z.object({ total: z.number().int(), daily: z.array(z.number().int()) }),
    /** Path of the listing's sanitised icon, or null: a drawn glyph stands in. */
    icon: z.string().nullable(),
  })
  .meta({ id: "ListingSummary" });
export type ListingSummaryView = z.infer<typeof ListingSummary>;

/** What replaces something, and until when it is kept as it is, at least; null on what was deprecated before notices had an end. */
const Deprecation = z.object({ at: z.string(), reason: z.string(), successor: z.string().nullable(), until: z.string().nullable() });

export const VersionSummary = z
  .object({
    version: z.string(),
    channel: z.enum(["stable", "beta", "nightly"]),
    publishedAt: z.string(),
    checksum: z.string(),
    size: z.number().int(),
    fileName: z.string(),
    signer: z.enum(["publisher", "registry"]),
    fingerprint: z.string(),
    permissions: z.array(z.string()),
    yanked: z.object({ at: z.string(), reason: z.string() }).nullable(),
    deprecated: Deprecation.nullable(),
    /** Its publisher took it back for good: it is told of, and not given out. */
    deleted: z.object({ at: z.string(), reason: z.string() }).nullable(),
    downloads: z.number().int(),
    url: z.string(),
  })
  .meta({ id: "VersionSummary" });
export type VersionSummaryView = z.infer<typeof VersionSummary>;

export const VersionDetail = VersionSummary.extend({
  listing: z.string(),
  kind: z.enum(KINDS),
  /** OpenPGP's, as the feed has it. */
  signature: z.string(),
  /** The certificates that `signature` is verified with. */
  keysUrl: z.string(),
  /** The publisher's own signature where `signature` is the registry's beside it: OpenSSH's, or an OpenPGP form that GnuPG does not read. */
  publisherSignature: z.object({ format: z.enum(["openpgp", "ssh"]), signature: z.string(), url: z.string(), keysUrl: z.string() }).nullable(),
  trust: ListingSummary.shape.trust,
  manifest: z.unknown(),
  manifestText: z.string(),
  files: z.array(z.object({ path: z.string(), size: z.number().int(), sha256: z.string() })),
  ladder: z.array(RungSchema),
  /** The build workflow that published it without a secret (trusted publishing); null for what a person or a token sent. */
  workflow: WorkflowIdentity.nullable(),
  /** What its build attests, verified on arrival, and where the attestation is; null where none came. */
  provenance: Provenance.extend({ attestationUrl: z.string() }).nullable(),
  review: z
    .object({
      decision: z.enum(["approve"]),
      decidedAt: z.string(),
      policy: z.string(),
      policyRevision: z.string(),
      decider: z.string(),
      note: z.string(),
    })
    .nullable(),
}).meta({ id: "VersionDetail" });
export type VersionDetailView = z.infer<typeof VersionDetail>;

const PermissionChange = z.object({ id: z.string(), sentence: z.string(), risk: z.enum(["low", "medium", "high"]) });
export const VersionDiff = z
  .object({
    listing: z.string(),
    from: z.string(),
    to: z.string(),
    permissions: z.object({ added: z.array(PermissionChange), dropped: z.array(PermissionChange) }),
    /** What the later manifest takes away or asks for besides, with its place in each; null where one of them has none. */
    breaking: z.array(z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    /** Whether the version numbers announce that something may break. */
    breakingAnnounced: z.boolean(),
    /** JSON pointers into the normalised manifest; null where the field is absent. */
    manifest: z.array(z.object({ pointer: z.string(), before: z.unknown(), after: z.unknown() })),
    /** Sizes in bytes, null where the file is absent. */
    files: z.array(z.object({ path: z.string(), change: z.enum(["added", "removed", "changed"]), before: z.number().int().nullable(), after: z.number().int().nullable() })),
  })
  .meta({ id: "VersionDiff" });
export type VersionDiffView = z.infer<typeof VersionDiff>;

const DependencyNode = z.object({
  /** `listing:<id>` or `npm:<name>`. */
  key: z.string(),
  source: z.enum(["listing", "npm"]),
  name: z.string(),
  /** The version that would be chosen; null for npm, and where no choice holds. */
  version: z.string().nullable(),
  /** Steps from the root by the shortest way. */
  depth: z.number().int(),
  /** Known vulnerabilities of that version; for npm, those that its range allows. */
  advisories: z.array(z.object({ id: z.string(), summary: z.string(), severity: z.string().nullable(), affected: z.string(), fixed: z.array(z.string()), url: z.string().nullable() })),
});
export const DependencyGraph = z
  .object({
    root: z.string(),
    /** Whether one version of each could be chosen so that every range holds; `too-complex` where that was not found out within bounds. */
    outcome: z.enum(["resolved", "unsatisfiable", "too-complex"]),
    /** Why no choice holds, each a chain in words. */
    conflicts: z.array(z.string()),
    nodes: z.array(DependencyNode),
    edges: z.array(z.object({ from: z.string(), to: z.string(), range: z.string() })),
    /** Ways round, each once: `[a, b]` stands for a → b → a. */
    cycles: z.array(z.array(z.string())),
    /** False where the graph is larger than what is shown. */
    complete: z.boolean(),
  })
  .meta({ id: "DependencyGraph" });
export type DependencyGraphView = z.infer<typeof DependencyGraph>;

export const Dependencies = z
  .object({
    version: z.string().nullable(),
    /** What the version needs: other listings and npm packages, with their ranges. */
    requires: z.array(z.object({ source: z.enum(["listing", "npm"]), name: z.string(), range: z.string(), published: z.boolean() })),
    /** Listings whose current version needs this one, 200 at most. */
    requiredBy: z.array(z.object({ id: z.string(), range: z.string() })),
    /** How many need it directly, and with whoever needs those in turn (10,000 at most). */
    dependents: z.object({ direct: z.number().int(), total: z.number().int() }),
    graph: DependencyGraph.nullable(),
  })
  .meta({ id: "Dependencies" });
export type DependenciesView = z.infer<typeof Dependencies>;

export const ListingDetail = ListingSummary.omit({ ladder: true })
  .extend({
    description: z.string().nullable(),
    license: z.string().nullable(),
    homepage: z.string().nullable(),
    repository: z.string().nullable(),
    docs: z.array(z.string()),
    tags: z.array(z.string()),
    createdAt: z.string(),
    state: z.enum(["visible", "hidden", "deprecated", "yanked", "quarantined", "removed"]),
    /** Why it was quarantined or removed; null in every other state. */
    stateReason: z.string().nullable(),
    /** The whole listing; a version may be deprecated by itself. */
    deprecated: Deprecation.nullable(),
    readme: z.string().nullable(),
    versions: z.array(VersionSummary),
    current: VersionDetail.nullable(),
  })
  .meta({ id: "ListingDetail" });
export type ListingDetailView = z.infer<typeof ListingDetail>;

export const Facet = z.object({ value: z.string(), label: z.string(), count: z.number().int(), selected: z.boolean() });
export const SearchResult = z.object({
  items: z.array(ListingSummary),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  /** Whether `total` and the facets' numbers are counted, or for many matches extrapolated from a sample of them. */
  counts: z.enum(["exact", "estimated"]),
  facets: z.object({
    kind: z.array(Facet),
    type: z.array(Facet),
    capability: z.array(Facet),
    class: z.array(Facet),
    trust: z.array(Facet),
    /** Permissions: choosing one keeps the listings that do not need it. */
    without: z.array(Facet),
    license: z.array(Facet),
  }),
  /** A spelling that does find something, when the query found little. */
  didYouMean: z.string().nullable(),
});
export type SearchResultView = z.infer<typeof SearchResult>;

/** Postgres cannot hold a NUL; with the replacement character in its place the value matches nothing, as it should. */
const withoutNul = (text: string) => text.replaceAll("\0", "\ufffd");

const many = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : (Array.isArray(value) ? value : [value]).flatMap((part) => part.split(",")).filter((part) => part !== "").map(withoutNul)));

/** Query parameters of the list of listings and of the search page; lists repeat or are comma-separated. */
export const ListingQuery = z.object({
  q: z.string().max(200).default(""),
  kind: many,
  type: many,
  capability: many,
  class: many,
  trust: many,
  permission: many,
  without: many,
  license: many,
  publisher: many,
  sort: z.enum(SORTS).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ListingQueryInput = z.infer<typeof ListingQuery>;

export const PublisherDetail = z
  .object({
    slug: z.string(),
    name: z.string(),
    createdAt: z.string(),
    bootstrap: z.boolean(),
    description: z.string().nullable(),
    website: z.string().nullable(),
    /** Domains that it proved to be its own. */
    names: z.array(ProvenName),
    /** Since when it is suspended: nothing of it is listed or given out meanwhile. */
    suspendedAt: z.string().nullable(),
    members: z.number().int(),
    listings: z.array(ListingSummary),
    keys: z.array(
      z.object({
        fingerprint: z.string(),
        algorithm: z.string(),
        createdAt: z.string(),
        expiresAt: z.string().nullable(),
        addedAt: z.string(),
        revoked: z.object({ at: z.string(), reason: z.string(), compromisedSince: z.string().nullable() }).nullable(),
      }),
    ),
    keysUrl: z.string(),
  })
  .meta({ id: "PublisherDetail" });
export type PublisherDetailView = z.infer<typeof PublisherDetail>;
