import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import type { ListingQueryInput, SearchResultView } from "#lib/catalog/schema.ts";
import { ListingList } from "#components/listing/listing-list.tsx";
import { ChosenFilters } from "#components/search/chosen-filters.tsx";
import { FacetList } from "#components/search/facet-list.tsx";
import { NoResults } from "#components/search/no-results.tsx";
import { ResultKeys } from "#components/search/result-keys.tsx";
import { chosenFacets, searchHref } from "#components/search/search-href.ts";
import { SortLinks } from "#components/search/sort-links.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

const COUNT = new Intl.NumberFormat("en");

/** The search page: facets at the left, rows at the right, everything in the address. */
export function SearchView({ query, result }: { query: ListingQueryInput; result: SearchResultView }) {
  const chosen = chosenFacets(query).length;
  const narrows = hasFacets(result.facets);
  return (
    <div className={joinClasses("page grid gap-x-8 gap-y-4 pt-6", narrows && "lg:grid-cols-[14rem_minmax(0,1fr)]")}>
      <div className={joinClasses("flex flex-wrap items-end justify-between gap-x-6 gap-y-2", narrows && "lg:col-span-2")}>
        <ResultTitle query={query} total={result.total} estimated={result.counts === "estimated"} />
        <SortLinks query={query} />
      </div>
      {narrows ? <Filters query={query} result={result} chosen={chosen} /> : null}
      <div className="flex min-w-0 flex-col gap-4">
        <ChosenFilters query={query} facets={result.facets} />
        {result.items.length > 0 && result.didYouMean ? (
          <p className="text-grey-11">
            Did you mean{" "}
            <Link href={searchHref(query, { q: result.didYouMean })} className="link font-medium">
              {result.didYouMean}
            </Link>
            ?
          </p>
        ) : null}
        {result.items.length > 0 ? <ListingList listings={result.items} label="Results" level={2} /> : <NoResults query={query} didYouMean={result.didYouMean} />}
        <PageLinks query={query} nextCursor={result.nextCursor} />
        {result.items.length > 0 ? (
          <p aria-hidden className="needs-script hidden items-center gap-2 text-13 text-grey-10 md:flex">
            <Kbd>/</Kbd> search <Kbd>↑</Kbd>
            <Kbd>↓</Kbd> move <Kbd>Enter</Kbd> open
          </p>
        ) : null}
        <ResultKeys />
      </div>
    </div>
  );
}

/** Whether the facets would draw anything: with nothing found and nothing chosen they are empty. */
function hasFacets({ kind, type, capability, trust, without, license }: SearchResultView["facets"]): boolean {
  return [kind, type, capability, trust, without, license].flat().some((value) => value.count > 0 || value.selected);
}

function Filters({ query, result, chosen }: { query: ListingQueryInput; result: SearchResultView; chosen: number }) {
  return (
    <aside aria-label="Filters">
      <details className="drawer rounded-md border bg-panel lg:rounded-none lg:border-0 lg:bg-transparent">
        <summary className="flex h-10 items-center gap-2 rounded-md px-3 text-14 font-medium">
          <SlidersHorizontal aria-hidden className="size-4 text-grey-10" />
          Filters{chosen > 0 ? `, ${chosen} chosen` : ""}
        </summary>
        <div className="border-t px-1 py-3 lg:-mx-2 lg:border-0 lg:p-0">
          <h2 className="sr-only">Filters</h2>
          {result.counts === "estimated" ? <p className="px-2 pb-4 text-12 text-grey-11">So many listings match that the numbers are estimates.</p> : null}
          <FacetList query={query} facets={result.facets} />
        </div>
      </details>
    </aside>
  );
}

function ResultTitle({ query, total, estimated }: { query: ListingQueryInput; total: number; estimated: boolean }) {
  const count = `${estimated ? "about " : ""}${COUNT.format(total)} ${total === 1 ? "listing" : "listings"}`;
  return (
    <h1 className="text-20 font-semibold">
      {query.q === "" ? (
        "Services and plugins"
      ) : (
        <>
          Results for <span className="break-words">“{query.q}”</span>
        </>
      )}
      <span role="status" className="ml-2 text-14 font-normal tracking-normal text-grey-11 tabular-nums">
        {count}
      </span>
    </h1>
  );
}

function PageLinks({ query, nextCursor }: { query: ListingQueryInput; nextCursor: string | null }) {
  if (nextCursor === null && query.cursor === undefined) return null;
  return (
    <nav aria-label="Pages" className="flex justify-between gap-2">
      {query.cursor === undefined ? <span /> : <LinkButton href={searchHref(query)}>First page</LinkButton>}
      {nextCursor === null ? null : <LinkButton href={searchHref(query, { cursor: nextCursor })}>Next page</LinkButton>}
    </nav>
  );
}
