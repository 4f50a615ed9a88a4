import type { Metadata } from "next";
import Link from "next/link";
import { Pages } from "#components/console/admin/filter-form.tsx";
import { NoPublisher } from "#components/console/account/no-publisher.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { ConsoleSection } from "#components/console/console-section.tsx";
import { AnswerInvitation } from "#components/console/teams/answer-invitation.tsx";
import { TransferList } from "#components/console/teams/transfer-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";
import type { ViewerView } from "#lib/accounts/schema.ts";
import { runtime } from "#lib/runtime/index.ts";
import { invitationsFor, transfersFor } from "#lib/teams/index.ts";
import { PageQuery, type InvitationDetailView } from "#lib/teams/schema.ts";
import { requirePrincipal, requireViewer } from "../../_session.ts";
import { readFilters, type SearchParams } from "../admin/_desk.tsx";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage({ searchParams }: { searchParams: SearchParams }) {
  const person = await requireViewer("/teams");
  const principal = await requirePrincipal("/teams");
  const deps = await runtime();
  const filters = await readFilters(searchParams);
  const [invitations, transfers] = await Promise.all([invitationsFor(deps, principal), transfersFor(deps, principal, PageQuery.catch(PageQuery.parse({})).parse({ cursor: filters["cursor"] }))]);
  const owned = person.publishers.filter((publisher) => publisher.role === "owner").map((publisher) => publisher.slug);
  return (
    <ConsolePage
      title="Teams"
      lead="Publishers that you belong to, and what waits for your answer."
      actions={
        <>
          <LinkButton href="/claims">Claims</LinkButton>
          <LinkButton href="/publishers/new?next=/teams">New publisher</LinkButton>
        </>
      }
    >
      {invitations.length === 0 ? null : (
        <ConsoleSection title="Invitations for you">
          <InvitationsForYou invitations={invitations} />
        </ConsoleSection>
      )}
      {transfers.items.length === 0 ? null : (
        <ConsoleSection title="Listings offered to you">
          <TransferList transfers={transfers.items} owned={owned} />
          <Pages path="/teams" query={filters} nextCursor={transfers.nextCursor} label="Pages of offers" />
        </ConsoleSection>
      )}
      <ConsoleSection title="Your publishers">
        <YourPublishers publishers={person.publishers} />
      </ConsoleSection>
    </ConsolePage>
  );
}

function InvitationsForYou({ invitations }: { invitations: readonly InvitationDetailView[] }) {
  return (
    <ul className="flex flex-col divide-y rounded-md border bg-panel">
      {invitations.map((invitation) => (
        <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
          <p>
            {invitation.publisher.name} invites you as {invitation.role}
            {invitation.state === "void" ? "; no longer valid: whoever sent it is no owner any more." : <>, until <ExactDate at={invitation.expiresAt} />.</>}
          </p>
          {invitation.state === "void" ? null : <AnswerInvitation which={{ id: invitation.id }} publisher={invitation.publisher} />}
        </li>
      ))}
    </ul>
  );
}

function YourPublishers({ publishers }: { publishers: ViewerView["publishers"] }) {
  if (publishers.length === 0) return <NoPublisher next="/teams" purpose="Teams belong to a publisher." />;
  return (
    <ul className="flex flex-col divide-y rounded-md border bg-panel">
      {publishers.map((publisher) => (
        <li key={publisher.slug} className="flex flex-wrap items-baseline gap-x-3 px-4 py-3">
          <Link href={`/teams/${publisher.slug}`} className="link font-medium">{publisher.name}</Link>
          <code className="text-13 text-grey-11">{publisher.slug}</code>
          <span className="text-13 text-grey-11">{publisher.role}</span>
        </li>
      ))}
    </ul>
  );
}
