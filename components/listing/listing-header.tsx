import Link from "next/link";
import type { ListingDetailView } from "#lib/catalog/schema.ts";
import { Glyph } from "#components/listing/glyph.tsx";
import { glyphHue, typeLabel } from "#components/listing/vocabulary.ts";
import { TrustBadge } from "#components/trust/trust-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** What it is called, its id, who publishes it, how far it is trusted. */
export function ListingHeader({ listing }: { listing: ListingDetailView }) {
  return (
    <header className="flex items-start gap-4">
      <Glyph id={listing.id} type={listing.type} hue={glyphHue(listing.capabilities)} icon={listing.icon} className="size-12 sm:size-14" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
          <h1 className="text-26 font-semibold break-words">{listing.name}</h1>
          <CopyText value={listing.id} label="id" head={64} tail={0} />
          {listing.latest ? <code className="text-13 text-grey-11">{listing.latest}</code> : null}
        </div>
        <p className="max-w-prose text-16 text-grey-11">{listing.summary}</p>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-grey-11">
          <TrustBadge trust={listing.trust} />
          <span>{typeLabel(listing.type)}</span>
          <span>
            by{" "}
            <Link href={`/publishers/${listing.publisher.slug}`} className="link">
              {listing.publisher.name}
            </Link>
          </span>
          <span>
            updated <RelativeTime at={listing.updatedAt} />
          </span>
          {listing.communityMaintained ? (
            <>
              <Badge>community-maintained, not by the vendor</Badge>
              <Link href={`/claims?listing=${listing.id}`} className="link">
                Claim this listing
              </Link>
            </>
          ) : null}
        </div>
      </div>
    </header>
  );
}
