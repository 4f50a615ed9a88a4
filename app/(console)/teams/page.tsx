import type { Metadata } from "next";
import Link from "next/link";
import { NoPublisher } from "#components/console/account/no-publisher.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { AnswerInvitation } from "#components/console/teams/answer-invitation.tsx";
import { TransferList } from "#components/console/teams/transfer-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { invitationsFor, transfersFor } from "#lib/teams/index.ts";
import { requireViewer, sessionPrincipal } from "../../_session.ts";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const person = await requireViewer("/teams");
  const principal = await sessionPrincipal();
  const deps = await runtime();
  const [invitations, transfers] = principal === null ? [[], []] : await Promise.all([invitationsFor(deps, principal), transfersFor(deps, principal)]);
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
        <section aria-labelledby="invitations-title" className="flex flex-col gap-3">
          <h2 id="invitations-title" className="text-16 font-semibold">Invitations for you</h2>
          <ul className="flex flex-col divide-y rounded-md border bg-panel">
            {invitations.map((invitation) => (
              <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
                <p>
                  {invitation.publisher.name} invites you as {invitation.role}, until <ExactDate at={invitation.expiresAt} />.
                </p>
                <AnswerInvitation which={{ id: invitation.id }} publisher={invitation.publisher} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {transfers.length === 0 ? null : (
        <section aria-labelledby="transfers-title" className="flex flex-col gap-3">
          <h2 id="transfers-title" className="text-16 font-semibold">Listings offered to you</h2>
          <TransferList transfers={transfers} owned={owned} />
        </section>
      )}
      <section aria-labelledby="publishers-title" className="flex flex-col gap-3">
        <h2 id="publishers-title" className="text-16 font-semibold">Your publishers</h2>
        {person.publishers.length === 0 ? (
          <NoPublisher next="/teams" purpose="Teams belong to a publisher." />
        ) : (
          <ul className="flex flex-col divide-y rounded-md border bg-panel">
            {person.publishers.map((publisher) => (
              <li key={publisher.slug} className="flex flex-wrap items-baseline gap-x-3 px-4 py-3">
                <Link href={`/teams/${publisher.slug}`} className="link font-medium">{publisher.name}</Link>
                <code className="text-13 text-grey-11">{publisher.slug}</code>
                <span className="text-13 text-grey-11">{publisher.role}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </ConsolePage>
  );
}
