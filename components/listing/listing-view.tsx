import type { ListingDetailView } from "#lib/catalog/schema.ts";
import { InstallBox } from "#components/listing/install-box.tsx";
import { ListingFacts } from "#components/listing/listing-facts.tsx";
import { ListingHeader } from "#components/listing/listing-header.tsx";
import { ListingTabs } from "#components/listing/listing-tabs.tsx";
import type { ListingTab } from "#components/listing/listing-tabs.tsx";
import { StateNotice } from "#components/listing/state-notice.tsx";
import { Ladder } from "#components/trust/ladder.tsx";

/** A listing's page: what it is, what is proven about it, how to get it, and everything else in tabs. */
export function ListingView({ listing, tab, origin }: { listing: ListingDetailView; tab: ListingTab; origin: string }) {
  const { current } = listing;
  if (listing.state === "quarantined") {
    return (
      <div className="page flex flex-col gap-6 pt-8">
        <ListingHeader listing={listing} />
        <StateNotice listing={listing} />
      </div>
    );
  }
  return (
    <div className="page flex flex-col gap-6 pt-8">
      <ListingHeader listing={listing} />
      <StateNotice listing={listing} />
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        {current ? (
          <section aria-labelledby="evidence-title" className="flex min-w-0 flex-col gap-2 lg:col-start-1">
            <h2 id="evidence-title" className="flex flex-wrap items-baseline gap-x-2 text-14 font-semibold">
              What is proven about {current.version}
              <span className="text-13 font-normal text-grey-11">{current.ladder.filter((rung) => rung.state === "proven").length} of 5 rungs</span>
            </h2>
            <Ladder rungs={current.ladder} />
          </section>
        ) : null}
        <aside aria-label="Download and facts" className="flex min-w-0 flex-col gap-6 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          {current ? <InstallBox version={current} origin={origin} /> : null}
          <div className="hidden lg:block">
            <ListingFacts listing={listing} />
          </div>
        </aside>
        <div className="min-w-0 lg:col-start-1">
          <ListingTabs listing={listing} active={tab} />
        </div>
        <div className="lg:hidden">
          <ListingFacts listing={listing} />
        </div>
      </div>
    </div>
  );
}
