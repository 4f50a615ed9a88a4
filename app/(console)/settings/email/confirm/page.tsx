import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { LinkAnswer } from "#components/console/settings/link-answer.tsx";
import { IncompleteLink } from "#components/console/sign-in/incomplete-link.tsx";
import { requireViewer } from "../../../../_session.ts";

export const metadata: Metadata = { title: "Confirm an address", referrer: "same-origin" };

interface ConfirmEmailProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** Needs the account's own session: a stranger who follows the link lends their address to nobody. */
export default async function ConfirmEmailPage({ searchParams }: ConfirmEmailProps) {
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") {
    await requireViewer("/settings");
    return <IncompleteLink />;
  }
  const person = await requireViewer(`/settings/email/confirm?token=${encodeURIComponent(token)}`);
  return (
    <ConsolePage
      title="Confirm your new address"
      lead={
        <>
          The account that is signed in here has the address <strong className="font-medium break-all text-grey-12">{person.email}</strong>. If you did not ask for another one, close the page: nothing happens.
        </>
      }
      narrow
    >
      <LinkAnswer answer="confirm-email" token={token} />
    </ConsolePage>
  );
}
