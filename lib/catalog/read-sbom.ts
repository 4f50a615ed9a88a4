import type { Manifest } from "@kosmarket/kit";
import type { Deps } from "#lib/runtime/index.ts";
import { downloadUrl } from "./read-version.ts";
import { versionDeleted } from "./taken-down.ts";

interface FileEntry {
  path: string;
  size: number;
  sha256: string;
}

/** A bill of materials in CycloneDX 1.6 (ECMA-424), as JSON. */
export type Sbom = Record<string, unknown>;

/**
 * What a version consists of and needs: its files with their hashes, and its dependencies with the ranges that its
 * manifest gives. The same for ever, since neither changes. Null when there is no such version; throws `gone` for a
 * deleted one.
 */
export async function readSbom(deps: Pick<Deps, "db" | "config">, id: string, version: string): Promise<Sbom | null> {
  const row = await deps.db.version.findFirst({ where: { version, listing: { slug: id } }, include: { submission: { select: { publisher: { select: { name: true } } } } } });
  if (row === null) return null;
  if (row.deletedAt !== null) throw versionDeleted(id, row);
  const manifest = row.manifest as unknown as Manifest;
  const ref = `listing:${id}@${version}`;
  const needed = manifest.kind === "plugin" ? [...byName(manifest.dependencies.listings).map(([name, range]) => listingComponent(name, range)), ...byName(manifest.dependencies.npm).map(([name, range]) => npmComponent(name, range))] : [];
  const files = row.files as unknown as FileEntry[];
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(row.artifactSha256)}`,
    version: 1,
    metadata: {
      timestamp: row.publishedAt.toISOString(),
      component: {
        type: manifest.kind === "plugin" ? "application" : "data",
        "bom-ref": ref,
        name: id,
        version,
        ...(manifest.description === undefined ? {} : { description: manifest.description }),
        publisher: row.submission.publisher.name,
        hashes: [sha256(row.artifactSha256)],
        ...(manifest.license === undefined ? {} : { licenses: [{ expression: manifest.license }] }),
        purl: purlOf(id, version),
        externalReferences: [{ type: "distribution", url: downloadUrl(deps.config.publicUrl, id, version), hashes: [sha256(row.artifactSha256)] }],
      },
    },
    components: [...needed.map(({ component }) => component), ...files.map((file) => ({ type: "file", "bom-ref": `file:${file.path}`, name: file.path, hashes: [sha256(file.sha256)] }))],
    dependencies: [{ ref, dependsOn: needed.map(({ component }) => component["bom-ref"]) }],
  };
}

const byName = (needed: Record<string, string>) => Object.entries(needed).sort(([a], [b]) => (a < b ? -1 : 1));
const sha256 = (content: string) => ({ alg: "SHA-256", content });
const purlOf = (id: string, version: string | null) => `pkg:generic/${id}${version === null ? "" : `@${encodeURIComponent(version)}`}`;
/** A range is no version: it stands beside, in the registry's own words. */
const rangeOf = (range: string) => [{ name: "kos:range", value: range }];

function listingComponent(name: string, range: string) {
  return { component: { type: "library", "bom-ref": `listing:${name}`, name, purl: purlOf(name, null), properties: rangeOf(range) } };
}

function npmComponent(name: string, range: string) {
  const [scope, bare] = name.startsWith("@") ? name.split("/", 2) : [null, name];
  const purl = scope === null ? `pkg:npm/${bare}` : `pkg:npm/${encodeURIComponent(scope ?? "")}/${bare ?? ""}`;
  return { component: { type: "library", "bom-ref": `npm:${name}`, name, purl, properties: rangeOf(range) } };
}

/** A name-based UUID (RFC 9562, version 8) out of what the version's bytes hash to. */
function uuidOf(hash: string): string {
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
