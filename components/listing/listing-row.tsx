import Link from "next/link";
import type { ListingSummaryView } from "#lib/catalog/schema.ts";
import { Glyph } from "#components/listing/glyph.tsx";
import { RiskSummary } from "#components/listing/risk-summary.tsx";
import { Sparkline } from "#components/listing/sparkline.tsx";
import { capabilityWords, glyphHue, typeLabel } from "#components/listing/vocabulary.ts";
import { LadderTicks } from "#components/trust/ladder.tsx";
import { TrustBadge } from "#components/trust/trust-badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

const COUNT = new Intl.NumberFormat("en");

/** One listing in a list: what it is, who stands behind it, what is proven, what it may touch. */
export function ListingRow({ listing, level = 3 }: { listing: ListingSummaryView; level?: 2 | 3 }) {
  const Heading = `h${level}` as const;
  const downloadWord = listing.downloads.total === 1 ? "download" : "downloads";
  return (
    <li className="relative grid grid-cols-[2.25rem_1fr] gap-x-3 gap-y-2 px-3 py-3 transition-colors hover:bg-grey-2 sm:px-4 @min-[46rem]:grid-cols-[2.25rem_1fr_11.5rem_7rem]">
      <Glyph id={listing.id} type={listing.type} hue={glyphHue(listing.capabilities)} icon={listing.icon} className="mt-0.5 size-9" />
      <div className="flex min-w-0 flex-col gap-0.5">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <Heading className="text-14 font-semibold">
            <Link data-result-link href={`/listings/${listing.id}`} className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent">
              {listing.name}
            </Link>
          </Heading>
          <code className="text-13 text-grey-11">{listing.id}</code>
          <span className="text-13 text-grey-10">{listing.communityMaintained ? "community-maintained, not by the vendor" : `by ${listing.publisher.name}`}</span>
        </div>
        <p className="line-clamp-2 text-grey-11">{listing.summary}</p>
        <p className="line-clamp-2 text-13 text-grey-10 @min-[46rem]:line-clamp-1">
          {[typeLabel(listing.type), ...capabilityLine(listing.capabilities)].join(" · ")}
        </p>
      </div>
      <div className="col-start-2 flex flex-wrap items-center gap-x-4 gap-y-1.5 @min-[46rem]:col-start-3 @min-[46rem]:flex-col @min-[46rem]:items-start">
        <LadderTicks ladder={listing.ladder} />
        <TrustBadge trust={listing.trust} />
        {listing.kind === "plugin" ? <RiskSummary permissions={listing.permissions} /> : null}
      </div>
      <div className="col-start-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-grey-11 @min-[46rem]:col-start-4 @min-[46rem]:flex-col @min-[46rem]:items-end">
        {listing.latest ? <code className="max-w-full truncate text-grey-12">{listing.latest}</code> : <span>no version yet</span>}
        <RelativeTime at={listing.updatedAt} />
        {listing.downloads.total > 0 ? (
          <span className="inline-flex items-center gap-2" title={`${COUNT.format(listing.downloads.total)} ${downloadWord} in 30 days`}>
            <Sparkline daily={listing.downloads.daily} total={listing.downloads.total} className="hidden w-14 @min-[46rem]:block" />
            <span className="tabular-nums">
              {COUNT.format(listing.downloads.total)}
              <span className="@min-[46rem]:sr-only"> {downloadWord}</span>
            </span>
          </span>
        ) : null}
      </div>
    </li>
  );
}

/** The capabilities as one phrase, shortened to three; nothing when there are none. */
function capabilityLine(capabilities: readonly string[]): readonly string[] {
  if (capabilities.length === 0) return [];
  const shown = capabilities.slice(0, 3).map(capabilityWords).join(", ");
  return [capabilities.length > 3 ? `${shown} and ${capabilities.length - 3} more` : shown];
}
