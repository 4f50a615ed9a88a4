import { Globe } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ConsoleSection } from "#components/console/console-section.tsx";
import { AddNameForm } from "#components/console/teams/add-name-form.tsx";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { InvitationList } from "#components/console/teams/invitation-list.tsx";
import { InviteForm } from "#components/console/teams/invite-form.tsx";
import { MemberTable } from "#components/console/teams/member-table.tsx";
import { NameCard } from "#components/console/teams/name-card.tsx";
import { OfferForm } from "#components/console/teams/offer-form.tsx";
import { ProfileForm } from "#components/console/teams/profile-form.tsx";
import { TransferList } from "#components/console/teams/transfer-list.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { InvitationDetailView, MemberDetailView, TransferDetailView } from "#lib/teams/schema.ts";
import type { NameDetailView } from "#lib/trust/schema.ts";

interface TeamProps {
  team: { slug: string; name: string; description: string | null; website: string | null; role: string; suspended: string | null; listings: readonly { id: string; name: string }[] };
  viewerId: string;
  /** Publishers that the reader owns. */
  owned: readonly string[];
  members: readonly MemberDetailView[];
  invitations: readonly InvitationDetailView[];
  names: readonly NameDetailView[];
  transfers: readonly TransferDetailView[];
  /** Links to the other pages of them. */
  transferPages: ReactNode;
}

/** A publisher as its members see it: who belongs to it, what it proved, what it publishes. Forms are the owners'. */
export function TeamView({ team, viewerId, owned, members, invitations, names, transfers, transferPages }: TeamProps) {
  const mayChange = team.role === "owner" && team.suspended === null;
  return (
    <>
      {team.suspended === null ? null : <Alert kind="error" title="This publisher is suspended: nothing of it can be changed.">{team.suspended === "" ? null : <p>{team.suspended}</p>}</Alert>}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <ConsoleSection title="Members">
            <MemberTable slug={team.slug} members={members} viewerId={viewerId} mayChange={mayChange} />
          </ConsoleSection>
          {mayChange ? (
            <ConsoleSection title="Invitations">
              <InvitationList slug={team.slug} invitations={invitations} />
            </ConsoleSection>
          ) : null}
          {team.role === "owner" ? null : (
            <p className="text-13 text-grey-11">
              Does no owner act any more? After a year without one you can <Link href={`/claims?publisher=${team.slug}`} className="link">claim this publisher</Link>.
            </p>
          )}
          <NamesSection team={team} names={names} mayChange={mayChange} />
          <ListingsSection team={team} transfers={transfers} transferPages={transferPages} owned={owned} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {mayChange ? (
            <>
              <Panel title="Invite someone"><InviteForm slug={team.slug} /></Panel>
              <Panel title="Add a domain"><AddNameForm slug={team.slug} /></Panel>
              {team.listings.length === 0 ? null : <Panel title="Hand a listing over"><OfferForm listings={team.listings} /></Panel>}
              <Panel title="Profile"><ProfileForm profile={team} /></Panel>
            </>
          ) : null}
          <Panel title="Leave">
            <div className="flex flex-col items-start gap-3">
              <p className="text-grey-11">You lose every right here at once; what you published stays. The last owner cannot leave.</p>
              <ConfirmButton label="Leave publisher" title={`Leave ${team.name}?`} description="To come back you need an invitation." verb="Leave" keep="Stay" path={`/api/v1/publishers/${team.slug}/leave`} next="/teams" danger />
            </div>
          </Panel>
        </div>
      </div>
    </>
  );
}

function NamesSection({ team, names, mayChange }: Pick<TeamProps, "team" | "names"> & { mayChange: boolean }) {
  return (
    <ConsoleSection title="Domains">
      {names.length === 0 ? (
        <EmptyState icon={<Globe aria-hidden />} title="No domain is proven">
          <p>A proven domain stands on your page and on the ladder of each listing, and lets you claim what others wrote about your service.</p>
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y rounded-md border bg-panel">
          {names.map((name) => (
            <NameCard key={name.id} slug={team.slug} name={name} mayChange={mayChange} />
          ))}
        </ul>
      )}
    </ConsoleSection>
  );
}

function ListingsSection({ team, transfers, transferPages, owned }: Pick<TeamProps, "team" | "transfers" | "transferPages" | "owned">) {
  return (
    <ConsoleSection title="Listings">
      {team.listings.length === 0 ? (
        <EmptyState title="Nothing is published yet">
          <p>
            <Link href={`/publish?publisher=${team.slug}`} className="link">Publish something</Link>, or take over what another publisher offers you.
          </p>
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y rounded-md border bg-panel">
          {team.listings.map((listing) => (
            <li key={listing.id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
              <Link href={`/listings/${listing.id}`} className="link">{listing.name}</Link>
              <code className="text-13 text-grey-11">{listing.id}</code>
            </li>
          ))}
        </ul>
      )}
      {transfers.length === 0 ? null : (
        <>
          <h3 className="text-14 font-semibold">Handovers</h3>
          <TransferList transfers={transfers} owned={owned} />
          {transferPages}
        </>
      )}
    </ConsoleSection>
  );
}
