import type { Metadata } from "next";
import { searchListings } from "#lib/catalog/index.ts";
import type { ListingQueryInput } from "#lib/catalog/schema.ts";
import { runtime } from "#lib/runtime/index.ts";
import { SearchSkeleton } from "#components/listing/listing-skeletons.tsx";
import { readQuery } from "#components/search/read-query.ts";
import { SearchView } from "#components/search/search-view.tsx";
import { SoftSuspense } from "#components/ui/soft-suspense.tsx";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q } = readQuery(await searchParams);
  return { title: q === "" ? "Browse" : `${q} · Search` };
}

export default async function SearchPage({ searchParams }: Props) {
  const query = readQuery(await searchParams);
  return (
    <SoftSuspense fallback={<SearchSkeleton />}>
      <Results query={query} />
    </SoftSuspense>
  );
}

async function Results({ query }: { query: ListingQueryInput }) {
  return <SearchView query={query} result={await searchListings(await runtime(), query)} />;
}
