import { Check } from "lucide-react";
import Link from "next/link";
import { TAXONOMY } from "@kosmarket/kit";
import type { ListingQueryInput, SearchResultView } from "#lib/catalog/schema.ts";
import { toggleFacet } from "#components/search/search-href.ts";
import type { FacetKey } from "#components/search/search-href.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

type FacetValue = SearchResultView["facets"]["kind"][number];

interface FacetListProps {
  query: ListingQueryInput;
  facets: SearchResultView["facets"];
}

const COUNT = new Intl.NumberFormat("en");
const SHOWN = 7;

/** All facets. Each value is a link that adds or takes away one choice, so the page works without scripts. */
export function FacetList({ query, facets }: FacetListProps) {
  return (
    <div className="flex flex-col gap-6">
      <FacetGroup query={query} name="type" title="Type" values={facets.type} />
      <CapabilityGroups query={query} values={facets.capability} />
      <FacetGroup query={query} name="trust" title="Trust" values={facets.trust} />
      <FacetGroup query={query} name="without" title="Does not" values={facets.without} />
      <FacetGroup query={query} name="license" title="Licence" values={facets.license} mono />
      <FacetGroup query={query} name="kind" title="Kind" values={facets.kind} />
    </div>
  );
}

interface FacetGroupProps {
  query: ListingQueryInput;
  name: FacetKey;
  title: string;
  values: readonly FacetValue[];
  mono?: boolean;
  level?: 3 | 4;
}

function FacetGroup({ query, name, title, values, mono = false, level = 3 }: FacetGroupProps) {
  const useful = values.filter((value) => value.count > 0 || value.selected);
  if (useful.length === 0) return null;
  const first = useful.filter((value, index) => index < SHOWN || value.selected);
  const rest = useful.filter((value) => !first.includes(value));
  const Heading = `h${level}` as const;
  const draw = (value: FacetValue) => <FacetLink key={value.value} href={toggleFacet(query, name, value.value)} value={value} mono={mono} />;
  return (
    <div className="flex flex-col gap-1">
      <Heading className={level === 3 ? "px-2 text-13 font-semibold" : "px-2 text-12 text-grey-10"}>{title}</Heading>
      <ul className="flex flex-col">{first.map(draw)}</ul>
      {rest.length > 0 ? (
        <details className="group">
          <summary className="rounded-sm px-2 py-1 text-13 text-grey-11 group-open:hidden hover:text-grey-12">{rest.length} more</summary>
          <ul className="flex flex-col">{rest.map(draw)}</ul>
        </details>
      ) : null}
    </div>
  );
}

function CapabilityGroups({ query, values }: { query: ListingQueryInput; values: readonly FacetValue[] }) {
  const groups = TAXONOMY.classes.map((group) => {
    const ids = new Set<string>(TAXONOMY.capabilities.filter((capability) => capability.class === group.id).map((capability) => capability.id));
    return { label: group.label, values: values.filter((value) => ids.has(value.value) && (value.count > 0 || value.selected)) };
  });
  if (groups.every((group) => group.values.length === 0)) return null;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="px-2 text-13 font-semibold">Capabilities</h3>
      {groups.map((group) => (
        <FacetGroup key={group.label} query={query} name="capability" title={group.label} values={group.values} level={4} />
      ))}
    </div>
  );
}

function FacetLink({ href, value, mono }: { href: string; value: FacetValue; mono: boolean }) {
  return (
    <li>
      <Link href={href} rel="nofollow" scroll={false} className="group flex min-h-7 items-center gap-2 rounded-sm px-2 py-1 text-13 hover:bg-grey-4">
        <span aria-hidden className={joinClasses("flex size-3.5 shrink-0 items-center justify-center rounded-[3px] border", value.selected ? "border-accent bg-accent text-accent-on" : "border-grey-8 bg-panel group-hover:border-grey-10")}>
          {value.selected ? <Check className="size-3" strokeWidth={3} /> : null}
        </span>
        <span className={joinClasses("min-w-0 flex-1 truncate", mono ? "font-mono" : "first-letter:uppercase", value.selected ? "font-medium text-grey-12" : "text-grey-11 group-hover:text-grey-12")}>{value.label}</span>
        {value.selected ? <span className="sr-only">chosen, take away</span> : null}
        <span className="font-mono text-12 text-grey-10 tabular-nums">{COUNT.format(value.count)}</span>
      </Link>
    </li>
  );
}
