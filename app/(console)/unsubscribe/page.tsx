import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { readUnsubscribe } from "#lib/mail/index.ts";
import { MAIL_GROUPS } from "#lib/mail/schema.ts";
import { runtime } from "#lib/runtime/index.ts";

export const metadata: Metadata = { title: "No more mails", referrer: "same-origin" };

interface UnsubscribeProps {
  searchParams: Promise<{ t?: string | string[]; done?: string | string[] }>;
}

/** Where the link of a mail leads: one button, since mail scanners open links too. Needs no sign-in and no scripts. */
export default async function UnsubscribePage({ searchParams }: UnsubscribeProps) {
  const { t, done } = await searchParams;
  const named = typeof t === "string" ? readUnsubscribe((await runtime()).config, t) : null;
  const choose = <LinkButton href="/settings/mail">Choose your mails</LinkButton>;
  if (named === null || typeof t !== "string")
    return (
      <ConsolePage title="No more mails" narrow>
        <Alert kind="warning" title="This address is incomplete" actions={choose}>
          <p>Open the link of the mail once more, whole; or choose your mails after signing in.</p>
        </Alert>
      </ConsolePage>
    );
  const { label, meaning } = MAIL_GROUPS[named.group];
  if (done !== undefined)
    return (
      <ConsolePage title="No more mails" narrow>
        <Alert kind="success" title={`Mails of the kind “${label}” are off`} actions={choose}>
          <p>Switch them on again at any time. Mails about the safety of your account still come.</p>
        </Alert>
      </ConsolePage>
    );
  return (
    <ConsolePage title="No more mails" lead={`Of the kind “${label}”: ${meaning}`} narrow>
      <form method="post" action={`/api/v1/mail/unsubscribe?t=${encodeURIComponent(t)}`}>
        <input type="hidden" name="page" value="1" />
        <Button type="submit" variant="primary">
          Switch them off
        </Button>
      </form>
    </ConsolePage>
  );
}
