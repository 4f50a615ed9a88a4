import type { ListingDetailView } from "#lib/catalog/schema.ts";
import { Alert } from "#components/ui/alert.tsx";

/** What stands in the way of using a listing as it is, or nothing. */
export function StateNotice({ listing }: { listing: ListingDetailView }) {
  const deprecated = listing.deprecated ?? listing.current?.deprecated ?? null;
  const yanked = listing.current?.yanked ?? null;
  switch (listing.state) {
    case "visible":
      return null;
    case "hidden":
      return <Alert kind="info" title="This listing is hidden from search. Hosts that have it still get updates." />;
    case "deprecated":
      return (
        <Alert kind="warning" title="Deprecated by its publisher.">
          {deprecated ? <p>{deprecated.reason}</p> : null}
          {deprecated?.successor ? (
            <p>
              Use{" "}
              <a href={`/listings/${deprecated.successor}`} className="link">
                {deprecated.successor}
              </a>{" "}
              instead.
            </p>
          ) : null}
          {deprecated?.until ? <p>It is kept as it is until {deprecated.until.slice(0, 10)} at least.</p> : null}
        </Alert>
      );
    case "yanked":
      return (
        <Alert kind="warning" title={listing.versions.every((version) => version.deleted !== null) ? "Every version was deleted by its publisher. The id stays taken." : "Every version was taken back by its publisher. New installs do not choose it."}>
          {yanked ? <p>{yanked.reason}</p> : null}
        </Alert>
      );
    case "quarantined":
      return (
        <Alert kind="error" title="Quarantined: hosts neither install nor update it.">
          {listing.stateReason === null ? null : <p>Reason: {listing.stateReason}.</p>}
        </Alert>
      );
    case "removed":
      return <Alert kind="error" title="Removed. Its id stays taken, and its record stays readable." />;
  }
}
