import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { LinkAnswer } from "#components/console/settings/link-answer.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { IncompleteLink } from "#components/console/sign-in/incomplete-link.tsx";
import { readEmailChange } from "#lib/accounts/index.ts";
import { runtime } from "#lib/runtime/index.ts";
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
  const waiting = await readEmailChange(await runtime(), person.id);
  return (
    <ConsolePage title="Confirm your new address" narrow>
      <LinkAnswer answer="confirm-email" token={token}>
        <p className="text-grey-11">
          The account that is signed in here has the address <EmailAddress address={person.email} />
          {waiting === null ? null : (
            <>
              {" "}
              and would change to <EmailAddress address={waiting.email} />
            </>
          )}
          . If you did not ask for another one, close the page: nothing happens.
        </p>
      </LinkAnswer>
    </ConsolePage>
  );
}
