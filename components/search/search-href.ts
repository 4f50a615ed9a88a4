import type { ListingQueryInput } from "#lib/catalog/schema.ts";

const FACET_KEYS = ["kind", "type", "class", "capability", "trust", "without", "license", "permission", "publisher"] as const;
export type FacetKey = (typeof FACET_KEYS)[number];

/** The address of a search. Every choice is in it, so that it can be sent to someone; defaults are left out. */
export function searchHref(query: ListingQueryInput, change: Partial<ListingQueryInput> = {}): string {
  const wanted = { ...query, cursor: undefined, ...change };
  const params = new URLSearchParams();
  if (wanted.q !== "") params.set("q", wanted.q);
  for (const key of FACET_KEYS) for (const value of wanted[key]) params.append(key, value);
  if (wanted.sort !== undefined) params.set("sort", wanted.sort);
  if (wanted.limit !== 20) params.set("limit", String(wanted.limit));
  if (wanted.cursor !== undefined) params.set("cursor", wanted.cursor);
  const text = params.toString();
  return text === "" ? "/search" : `/search?${text}`;
}

/** The same search with one value of a facet added, or taken away when it was there. */
export function toggleFacet(query: ListingQueryInput, key: FacetKey, value: string): string {
  const values = query[key];
  return searchHref(query, { [key]: values.includes(value) ? values.filter((other) => other !== value) : [...values, value] });
}

/** The same words with every choice of a facet taken away. */
export function clearFacets(query: ListingQueryInput): string {
  return searchHref(query, Object.fromEntries(FACET_KEYS.map((key) => [key, []])));
}

/** The choices that narrow a search, in the order of the facets. */
export function chosenFacets(query: ListingQueryInput): readonly { key: FacetKey; value: string }[] {
  return FACET_KEYS.flatMap((key) => query[key].map((value) => ({ key, value })));
}
