import type { Metadata } from "next";
import { cache } from "react";
import { readListing } from "#lib/catalog/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { ListingSkeleton } from "#components/listing/listing-skeletons.tsx";
import { LISTING_TABS } from "#components/listing/listing-tabs.tsx";
import type { ListingTab } from "#components/listing/listing-tabs.tsx";
import { ListingView } from "#components/listing/listing-view.tsx";
import { SoftSuspense } from "#components/ui/soft-suspense.tsx";
import { ErrorPage } from "#components/errors/error-page.tsx";
import { StatusPage } from "../../../_status-page.tsx";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Title and page need the same rows; they are read once per request. */
const readOnce = cache(async (id: string) => readListing(await runtime(), id));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const listing = await readOnce(id);
  if (listing === null) return { title: "Not found" };
  return {
    title: listing.name,
    description: listing.summary,
    alternates: { canonical: `/listings/${listing.id}`, types: { "application/atom+xml": `/listings/${listing.id}/feed.atom` } },
  };
}

export default async function ListingPage({ params, searchParams }: Props) {
  const { id } = await params;
  const wanted = (await searchParams).tab;
  const tab = LISTING_TABS.find((name) => name === wanted) ?? "overview";
  return (
    <SoftSuspense fallback={<ListingSkeleton />}>
      <Listing id={id} tab={tab} />
    </SoftSuspense>
  );
}

async function Listing({ id, tab }: { id: string; tab: ListingTab }) {
  const listing = await readOnce(id);
  if (listing === null) return <StatusPage status={404} />;
  if (listing.state === "removed") {
    return (
      <StatusPage status={410}>
        <ErrorPage status={410}>
          <p>
            <code>{listing.id}</code> was removed. Its id stays taken for ever, so nothing else can appear in its place.
          </p>
          {listing.stateReason === null ? null : <p className="mt-2">{listing.stateReason}</p>}
        </ErrorPage>
      </StatusPage>
    );
  }
  const { config } = await runtime();
  return <ListingView listing={listing} tab={tab} origin={config.publicUrl} />;
}
