import type { ReactNode } from "react";
import Link from "next/link";
import type { ListingSummaryView } from "#lib/catalog/schema.ts";
import { SearchField } from "#components/chrome/search-field.tsx";
import { TypeGrid } from "#components/home/type-grid.tsx";
import { Glyph } from "#components/listing/glyph.tsx";
import { ListingList } from "#components/listing/listing-list.tsx";
import { glyphHue } from "#components/listing/vocabulary.ts";
import { EXAMPLE_QUERIES } from "#components/search/example-queries.ts";
import { describeDuration } from "#components/ui/describe-age.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

interface HomeData {
  types: { type: ListingSummaryView["type"]; label: string; meaning: string; count: number }[];
  newest: ListingSummaryView[];
  updated: ListingSummaryView[];
  total: { services: number; plugins: number };
  review: { waiting: number; oldestSeconds: number | null };
}

const COUNT = new Intl.NumberFormat("en");

function counted(amount: number, one: string): string {
  return `${COUNT.format(amount)} ${one}${amount === 1 ? "" : "s"}`;
}

/** The home page: one sentence, the search, the types, what is new, what waits. */
export function HomeView({ home }: { home: HomeData }) {
  return (
    <div className="page flex flex-col gap-12 pt-10 sm:pt-16">
      <section className="flex flex-col gap-5">
        <h1 className="text-26 font-semibold sm:text-34">Services and plugins for kOS, with the proof attached.</h1>
        <SearchField size="lg" autoFocus className="max-w-[44rem]" />
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-13 text-grey-11">
          Try
          {EXAMPLE_QUERIES.map((words) => (
            <Link key={words} href={`/search?q=${encodeURIComponent(words)}`} className="link">
              {words}
            </Link>
          ))}
        </p>
      </section>
      <section aria-labelledby="types-title" className="flex flex-col gap-3">
        <SectionTitle id="types-title" title="By type">
          {counted(home.total.services, "service")}, {counted(home.total.plugins, "plugin")}
        </SectionTitle>
        <TypeGrid types={home.types} />
      </section>
      <div className="grid gap-x-8 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-labelledby="newest-title" className="flex min-w-0 flex-col gap-3">
          <SectionTitle id="newest-title" title="Newest">
            <Link href="/search?sort=newest" className="link">
              All listings
            </Link>
          </SectionTitle>
          {home.newest.length > 0 ? (
            <ListingList listings={home.newest} label="Newest listings" />
          ) : (
            <EmptyState title="Nothing is published yet.">The first listing appears here when its version is approved.</EmptyState>
          )}
        </section>
        <div className="flex min-w-0 flex-col gap-8">
          <ReviewPanel review={home.review} />
          {home.updated.length > 0 ? <UpdatedPanel listings={home.updated} /> : null}
        </div>
      </div>
    </div>
  );
}

function SectionTitle({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <h2 id={id} className="text-16 font-semibold">
        {title}
      </h2>
      <p className="text-13 text-grey-11">{children}</p>
    </div>
  );
}

function ReviewPanel({ review }: { review: HomeData["review"] }) {
  return (
    <Panel title="Needs reviewers">
      {review.waiting === 0 ? (
        <p className="text-grey-11">No submission waits for a decision. New ones appear here with the age of the oldest.</p>
      ) : (
        <p>
          <span className="font-semibold tabular-nums">{counted(review.waiting, "submission")}</span> {review.waiting === 1 ? "waits" : "wait"} for a decision
          {review.oldestSeconds === null ? "" : `, the oldest for ${describeDuration(review.oldestSeconds)}`}.{" "}
          <Link href="/review" className="link">
            Open the desk
          </Link>
        </p>
      )}
    </Panel>
  );
}

function UpdatedPanel({ listings }: { listings: readonly ListingSummaryView[] }) {
  return (
    <Panel title="Recently updated" flush>
      <ul className="flex flex-col divide-y">
        {listings.map((listing) => (
          <li key={listing.id} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-grey-2">
            <Glyph id={listing.id} type={listing.type} hue={glyphHue(listing.capabilities)} icon={listing.icon} className="size-6" />
            <span className="flex min-w-0 flex-1 flex-col">
              <Link href={`/listings/${listing.id}`} className="truncate font-medium after:absolute after:inset-0">
                {listing.name}
              </Link>
              <span className="flex flex-wrap gap-x-2 text-12 text-grey-11">
                {listing.latest ? <code>{listing.latest}</code> : null}
                {listing.communityMaintained ? <span>community-maintained</span> : null}
              </span>
            </span>
            <RelativeTime at={listing.updatedAt} className="text-13 whitespace-nowrap text-grey-11" />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
