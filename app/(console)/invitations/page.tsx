import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConsolePage } from "#components/console/console-page.tsx";
import { AnswerInvitation } from "#components/console/teams/answer-invitation.tsx";
import { ROLE_WORDS } from "#components/console/teams/role-words.ts";
import { Alert } from "#components/ui/alert.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { readInvitation } from "#lib/teams/index.ts";
import { viewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Invitation", referrer: "same-origin" };

interface InvitationPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** The mailed link opens a page with buttons: a scanner that fetches the address answers nothing. */
export default async function InvitationPage({ searchParams }: InvitationPageProps) {
  const { token } = await searchParams;
  // Without the mailed link: what is open for a person stands among their teams.
  if (typeof token !== "string" || token === "") redirect("/teams");
  const invitation = await readInvitation(await runtime(), token);
  if (invitation?.state === "void") {
    return (
      <ConsolePage title="Invitation" narrow>
        <Alert kind="warning" title="This invitation is no longer valid" actions={<LinkButton href="/teams">Your teams</LinkButton>}>
          <p>Whoever sent it is no owner of {invitation.publisher.name} any more. Ask an owner of the publisher for a new one.</p>
        </Alert>
      </ConsolePage>
    );
  }
  if (invitation === null) {
    return (
      <ConsolePage title="Invitation" narrow>
        <Alert kind="warning" title="This invitation cannot be answered" actions={<LinkButton href="/teams">Your teams</LinkButton>}>
          <p>It was answered, taken back, replaced by a newer one or is older than seven days. Ask an owner of the publisher for a new one.</p>
        </Alert>
      </ConsolePage>
    );
  }
  const person = await viewer();
  const { publisher, role } = invitation;
  return (
    <ConsolePage title={`Join ${publisher.name}`} narrow lead={<>You are invited as {role}, until <ExactDate at={invitation.expiresAt} />. {ROLE_WORDS[role]}</>}>
      {person === null ? (
        <Alert kind="info" title="Sign in first" actions={<LinkButton variant="primary" href={`/sign-in?next=${encodeURIComponent(`/invitations?token=${token}`)}`}>Sign in</LinkButton>}>
          <p>
            The invitation is for <EmailAddress address={invitation.email} />. Sign in with that address; an account is made if there is none.
          </p>
        </Alert>
      ) : person.email.toLowerCase() === invitation.email.toLowerCase() ? (
        <AnswerInvitation which={{ token }} publisher={publisher} />
      ) : (
        <Alert kind="warning" title="This invitation is for another address" actions={<LinkButton href={`/sign-in?again=1&next=${encodeURIComponent(`/invitations?token=${token}`)}`}>Sign in with that address</LinkButton>}>
          <p>
            You are signed in as <EmailAddress address={person.email} />; only the account of <EmailAddress address={invitation.email} /> can accept.
          </p>
        </Alert>
      )}
    </ConsolePage>
  );
}
