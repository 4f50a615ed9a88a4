import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConsolePage } from "#components/console/console-page.tsx";
import { DeliveryNotice } from "#components/console/sign-in/delivery-notice.tsx";
import { SignInWays } from "#components/console/sign-in/sign-in-ways.tsx";
import { localPath } from "#components/console/sign-in/local-path.ts";
import { Alert } from "#components/ui/alert.tsx";
import { signInProviders } from "#lib/accounts/index.ts";
import { mailDelivery } from "#lib/mail/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { viewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Sign in" };

interface SignInProps {
  /** `again` asks for a fresh sign-in even where a session exists, for steps that need a recent one; `deleted` is where a deletion ends. */
  searchParams: Promise<{ next?: string | string[]; again?: string | string[]; deleted?: string | string[]; error?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInProps) {
  const { next: wanted, again, deleted, error } = await searchParams;
  // next-auth sends some refusals here.
  if (typeof error === "string") redirect(`/sign-in/error?error=${encodeURIComponent(error)}`);
  const next = localPath(wanted, "/");
  if (again === undefined && (await viewer()) !== null) redirect(next);
  const { config } = await runtime();
  return (
    <ConsolePage title={again === undefined ? "Sign in" : "Sign in again"} lead={again === undefined ? "To publish, review or administer. Searching and installing need no account." : "This step asks for a sign-in within the last hour."} narrow>
      {deleted === undefined ? null : (
        <Alert kind="success" title="Your account is deleted">
          <p>What was kept of you is gone, and you are signed out. What you published stays, under “a deleted account”.</p>
        </Alert>
      )}
      <SignInWays providers={signInProviders(config)} callbackUrl={next} again={again !== undefined} />
      <noscript>
        <p className="text-grey-11">Asking for a link needs JavaScript in this browser. An administrator can also make one for you on the machine.</p>
      </noscript>
      <DeliveryNotice delivery={mailDelivery()} />
    </ConsolePage>
  );
}
