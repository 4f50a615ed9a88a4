import { X } from "lucide-react";
import Link from "next/link";
import type { ListingQueryInput, SearchResultView } from "#lib/catalog/schema.ts";
import { chosenFacets, clearFacets, toggleFacet } from "#components/search/search-href.ts";
import type { FacetKey } from "#components/search/search-href.ts";

/** How a choice reads when it stands alone. */
const PREFIX: Partial<Record<FacetKey, string>> = { without: "does not ", permission: "needs ", publisher: "by ", license: "licence " };

function labelOf(key: FacetKey, value: string, facets: SearchResultView["facets"]): string {
  const values = key === "permission" || key === "publisher" ? [] : facets[key];
  const label = values.find((facet) => facet.value === value)?.label ?? value.replaceAll("_", " ");
  return key === "without" ? `${PREFIX[key]}${label.charAt(0).toLowerCase()}${label.slice(1)}` : `${PREFIX[key] ?? ""}${label}`;
}

/** The choices in force, each with a way to take it back. */
export function ChosenFilters({ query, facets }: { query: ListingQueryInput; facets: SearchResultView["facets"] }) {
  const chosen = chosenFacets(query);
  if (chosen.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {chosen.map(({ key, value }) => (
        <li key={`${key}:${value}`}>
          <Link
            href={toggleFacet(query, key, value)}
            rel="nofollow"
            className="inline-flex h-7 items-center gap-1 rounded-md border border-grey-7 bg-panel pr-1.5 pl-2.5 text-13 hover:border-grey-9 hover:bg-grey-3"
          >
            <span className="sr-only">Take away</span>
            {labelOf(key, value, facets)}
            <X aria-hidden className="size-3.5 text-grey-10" />
          </Link>
        </li>
      ))}
      <li>
        <Link href={clearFacets(query)} rel="nofollow" className="link px-1.5 text-13">
          Clear all
        </Link>
      </li>
    </ul>
  );
}
