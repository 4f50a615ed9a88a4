import type { Tx } from "#lib/platform/index.ts";
import { provenNames } from "#lib/trust/index.ts";

interface Match {
  domain: string;
  host: string;
}

/** The hosts that a listing names as its homepage, its documentation and its endpoint. */
async function hostsOf(tx: Tx, listing: { id: string; homepage: string | null; docs: string[]; latestVersion: string | null }): Promise<string[]> {
  const version = listing.latestVersion === null ? null : await tx.version.findFirst({ where: { listingId: listing.id, version: listing.latestVersion }, select: { manifest: true } });
  const endpoint = (version?.manifest as { endpoint?: unknown } | null | undefined)?.endpoint;
  const addresses = [listing.homepage, ...listing.docs, endpoint].filter((address): address is string => typeof address === "string" && URL.canParse(address));
  return [...new Set(addresses.map((address) => new URL(address).hostname.toLowerCase().replace(/\.$/, "")))];
}

/** A domain that the publisher proved and that is, or stands above, a host that the listing names; with all those hosts. */
export async function matchDomain(tx: Tx, publisherId: string, listing: { id: string; homepage: string | null; docs: string[]; latestVersion: string | null }): Promise<{ match: Match | null; hosts: string[] }> {
  const hosts = await hostsOf(tx, listing);
  for (const { domain } of await provenNames(tx, publisherId)) {
    const host = hosts.find((name) => name === domain || name.endsWith(`.${domain}`));
    if (host !== undefined) return { match: { domain, host }, hosts };
  }
  return { match: null, hosts };
}
