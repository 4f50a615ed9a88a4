import type { Db } from "#lib/platform/index.ts";

export interface AtomVersion {
  slug: string;
  name: string;
  version: string;
  summary: string;
  publisher: string;
  publishedAt: Date;
  id: string;
}

const MOST = 50;

/** The newest published versions, of all listings or of one; hidden, quarantined and removed ones, and those of a suspended publisher, absent. */
export async function latestVersions(deps: { db: Db }, slug: string | null): Promise<AtomVersion[]> {
  const rows = await deps.db.version.findMany({
    where: { yankedAt: null, listing: { hiddenAt: null, moderation: "none", publisher: { suspendedAt: null }, ...(slug === null ? {} : { slug }) } },
    orderBy: { publishedAt: "desc" },
    take: MOST,
    include: { listing: { include: { publisher: true } } },
  });
  return rows.map((row) => ({ id: row.id, slug: row.listing.slug, name: row.listing.name, version: row.version, summary: row.listing.summary, publisher: row.listing.publisher.name, publishedAt: row.publishedAt }));
}

/** An Atom document (RFC 4287) of these versions. */
export function writeAtom(publicUrl: string, feed: { title: string; path: string }, versions: AtomVersion[]): Response {
  const updated = (versions[0]?.publishedAt ?? new Date(0)).toISOString();
  const entries = versions.map(
    (entry) =>
      `<entry><id>urn:uuid:${entry.id}</id><title>${escape(`${entry.name} ${entry.version}`)}</title><link href="${escape(`${publicUrl}/listings/${entry.slug}`)}"/><updated>${entry.publishedAt.toISOString()}</updated><author><name>${escape(entry.publisher)}</name></author><summary>${escape(entry.summary)}</summary></entry>`,
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>${escape(publicUrl + feed.path)}</id><title>${escape(feed.title)}</title><link rel="self" href="${escape(publicUrl + feed.path)}"/><updated>${updated}</updated>\n${entries.join("\n")}\n</feed>\n`;
  return new Response(body, { headers: { "content-type": "application/atom+xml; charset=utf-8", "cache-control": "public, max-age=60" } });
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
