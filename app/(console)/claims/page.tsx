import { Flag } from "lucide-react";
import type { Metadata } from "next";
import { ClaimForm } from "#components/console/claims/claim-form.tsx";
import { ClaimList } from "#components/console/claims/claim-list.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { ConsoleSection } from "#components/console/console-section.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { CLAIM_DECIDERS, listClaims } from "#lib/teams/index.ts";
import { requireFactorFor, requireViewer, sessionPrincipal } from "../../_session.ts";

export const metadata: Metadata = { title: "Claims" };

interface ClaimsPageProps {
  searchParams: Promise<{ listing?: string | string[]; publisher?: string | string[] }>;
}

export default async function ClaimsPage({ searchParams }: ClaimsPageProps) {
  const person = await requireViewer("/claims");
  const principal = await sessionPrincipal();
  const deps = await runtime();
  const decides = CLAIM_DECIDERS.some((role) => person.roles.includes(role));
  if (decides) await requireFactorFor(person, CLAIM_DECIDERS);
  const read = (queue: "mine" | "held" | "open") => (principal === null ? [] : listClaims(deps, principal, queue));
  const [mine, held, open] = await Promise.all([read("mine"), read("held"), decides ? read("open") : []]);
  const { listing, publisher } = await searchParams;
  const owned = person.publishers.filter((one) => one.role === "owner");
  return (
    <ConsolePage title="Claims" lead="A name that somebody else holds: a listing that the community wrote about your service, or a publisher that nobody uses any more.">
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          {open.length === 0 ? null : <ConsoleSection title="Waiting for a decision"><ClaimList claims={open} as="decider" /></ConsoleSection>}
          {held.length === 0 ? null : <ConsoleSection title="On names that are yours"><ClaimList claims={held} as="holder" /></ConsoleSection>}
          <ConsoleSection title="Filed by you">
            {mine.length === 0 ? (
              <EmptyState icon={<Flag aria-hidden />} title="You have filed no claim">
                <p>Prove the domain of your service first, on your publisher’s page; then claim the listing here or from its page.</p>
              </EmptyState>
            ) : (
              <ClaimList claims={mine} as={null} />
            )}
          </ConsoleSection>
        </div>
        <Panel title="File a claim">
          <ClaimForm kind={typeof publisher === "string" ? "publisher" : "listing"} subject={typeof publisher === "string" ? publisher : typeof listing === "string" ? listing : ""} owned={owned} />
        </Panel>
      </div>
    </ConsolePage>
  );
}
