import { Flag } from "lucide-react";
import type { Metadata } from "next";
import { Pages } from "#components/console/admin/filter-form.tsx";
import { ClaimForm } from "#components/console/claims/claim-form.tsx";
import { ClaimList } from "#components/console/claims/claim-list.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { ConsoleSection } from "#components/console/console-section.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { CLAIM_DECIDERS, listClaims } from "#lib/teams/index.ts";
import { ClaimQuery } from "#lib/teams/schema.ts";
import { requireFactorFor, requirePrincipal, requireViewer } from "../../_session.ts";
import { readFilters, type SearchParams } from "../admin/_desk.tsx";

export const metadata: Metadata = { title: "Claims" };

const TITLES = { open: "Waiting for a decision", held: "On names that are yours", mine: "Filed by you" } as const;
type Queue = keyof typeof TITLES;
const NOTHING = { items: [], nextCursor: null };

interface ClaimsPageProps {
  searchParams: SearchParams;
}

export default async function ClaimsPage({ searchParams }: ClaimsPageProps) {
  const person = await requireViewer("/claims");
  const principal = await requirePrincipal("/claims");
  const deps = await runtime();
  const filters = await readFilters(searchParams, ["mine", "held", "open"]);
  const decides = CLAIM_DECIDERS.some((role) => person.roles.includes(role));
  if (decides) await requireFactorFor(person, CLAIM_DECIDERS);
  const read = async (queue: Queue) => await listClaims(deps, principal, ClaimQuery.catch(ClaimQuery.parse({ queue })).parse({ queue, cursor: filters[queue] }));
  const [mine, held, open] = await Promise.all([read("mine"), read("held"), decides ? read("open") : NOTHING]);
  const { listing, publisher } = filters;
  const pages = (queue: Queue, nextCursor: string | null) => (
    <Pages path="/claims" query={filters} cursor={queue} nextCursor={nextCursor} label={`Pages: ${TITLES[queue]}`} {...(queue === "open" ? { words: { first: "Oldest", next: "Newer" } } : {})} />
  );
  const owned = person.publishers.filter((one) => one.role === "owner");
  return (
    <ConsolePage title="Claims" lead="A name that somebody else holds: a listing that the community wrote about your service, or a publisher that nobody uses any more.">
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          {open.items.length === 0 ? null : <ConsoleSection title={TITLES.open}><ClaimList claims={open.items} as="decider" />{pages("open", open.nextCursor)}</ConsoleSection>}
          {held.items.length === 0 ? null : <ConsoleSection title={TITLES.held}><ClaimList claims={held.items} as="holder" />{pages("held", held.nextCursor)}</ConsoleSection>}
          <ConsoleSection title={TITLES.mine}>
            {mine.items.length === 0 ? (
              <EmptyState icon={<Flag aria-hidden />} title="You have filed no claim">
                <p>Prove the domain of your service first, on your publisher’s page; then claim the listing here or from its page.</p>
              </EmptyState>
            ) : (
              <ClaimList claims={mine.items} as={null} />
            )}
            {pages("mine", mine.nextCursor)}
          </ConsoleSection>
        </div>
        <Panel title="File a claim">
          <ClaimForm kind={publisher === undefined ? "listing" : "publisher"} subject={publisher ?? listing ?? ""} owned={owned} />
        </Panel>
      </div>
    </ConsolePage>
  );
}
