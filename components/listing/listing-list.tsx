import type { ListingSummaryView } from "#lib/catalog/schema.ts";
import { ListingRow } from "#components/listing/listing-row.tsx";

/** Listings as rows in one frame. */
export function ListingList({ listings, label, level = 3 }: { listings: readonly ListingSummaryView[]; label: string; level?: 2 | 3 }) {
  return (
    <ul aria-label={label} className="@container flex flex-col divide-y rounded-md border bg-panel [&>li:first-child]:rounded-t-md [&>li:last-child]:rounded-b-md">
      {listings.map((listing) => (
        <ListingRow key={listing.id} listing={listing} level={level} />
      ))}
    </ul>
  );
}
