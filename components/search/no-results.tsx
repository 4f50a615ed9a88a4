import Link from "next/link";
import type { ListingQueryInput } from "#lib/catalog/schema.ts";
import { EXAMPLE_QUERIES } from "#components/search/example-queries.ts";
import { chosenFacets, clearFacets, searchHref } from "#components/search/search-href.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Nothing found: why that may be, and three ways on. */
export function NoResults({ query, didYouMean }: { query: ListingQueryInput; didYouMean: string | null }) {
  const filters = chosenFacets(query).length;
  return (
    <EmptyState
      title={query.q === "" ? "No listing has all of these." : `Nothing matches “${query.q}”${filters > 0 ? " with these filters" : ""}.`}
      actions={
        <>
          {filters > 0 ? <LinkButton href={clearFacets(query)}>Search without filters</LinkButton> : null}
          <LinkButton href="/search">Show everything</LinkButton>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {didYouMean ? (
          <p>
            Did you mean{" "}
            <Link href={searchHref(query, { q: didYouMean })} className="link font-medium">
              {didYouMean}
            </Link>
            ?
          </p>
        ) : null}
        <p>
          The search looks at names, ids, descriptions, tags and capabilities. Searches that do find something:{" "}
          {EXAMPLE_QUERIES.map((words, index) => (
            <span key={words}>
              {index > 0 ? ", " : ""}
              <Link href={`/search?q=${encodeURIComponent(words)}`} className="link">
                {words}
              </Link>
            </span>
          ))}
          .
        </p>
      </div>
    </EmptyState>
  );
}
