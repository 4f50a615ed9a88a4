import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { DeliveryNotice } from "#components/console/sign-in/delivery-notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { mailDelivery } from "#lib/mail/index.ts";

export const metadata: Metadata = { title: "Link sent" };

export default function SignInSentPage() {
  const delivery = mailDelivery();
  return (
    <ConsolePage
      title={delivery === "smtp" ? "Look in your mail" : "The message is in the outbox"}
      lead="Open the link in the message to finish signing in. It works once and for a short time, in any browser."
      narrow
    >
      <DeliveryNotice delivery={delivery} />
      {delivery === "smtp" ? <p className="text-grey-11">Nothing there after a few minutes? Look in the spam folder, or check the address and ask again.</p> : null}
      <div>
        <LinkButton href="/sign-in">Use another address</LinkButton>
      </div>
    </ConsolePage>
  );
}
