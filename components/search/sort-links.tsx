import Link from "next/link";
import type { ListingQueryInput } from "#lib/catalog/schema.ts";
import { searchHref } from "#components/search/search-href.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

const LABELS = { relevance: "Relevance", updated: "Updated", newest: "Newest", name: "Name", downloads: "Downloads" } as const;

/** The orders a search can have; relevance only where there are words to be relevant to. */
export function SortLinks({ query }: { query: ListingQueryInput }) {
  const byDefault = query.q === "" ? "updated" : "relevance";
  const sorts = (["relevance", "updated", "newest", "name", "downloads"] as const).filter((sort) => sort !== "relevance" || query.q !== "");
  const active = query.sort ?? byDefault;
  return (
    <nav aria-label="Sort by" className="flex flex-wrap items-center gap-x-1 text-13">
      {sorts.map((sort) => (
        <Link
          key={sort}
          href={searchHref(query, { sort: sort === byDefault ? undefined : sort })}
          rel="nofollow"
          scroll={false}
          aria-current={sort === active ? "true" : undefined}
          className={joinClasses("flex h-7 items-center rounded-sm px-2", sort === active ? "bg-grey-4 font-medium text-grey-12" : "text-grey-11 hover:bg-grey-3 hover:text-grey-12")}
        >
          {LABELS[sort]}
        </Link>
      ))}
    </nav>
  );
}
