import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { DeliveryNotice } from "#components/console/sign-in/delivery-notice.tsx";
import { SignInWays } from "#components/console/sign-in/sign-in-ways.tsx";
import { describeSignInError } from "#components/console/sign-in/describe-sign-in-error.ts";
import { signInProviders } from "#lib/accounts/index.ts";
import { mailDelivery } from "#lib/mail/index.ts";
import { runtime } from "#lib/runtime/index.ts";

export const metadata: Metadata = { title: "Sign-in failed" };

interface SignInErrorProps {
  searchParams: Promise<{ error?: string | string[] }>;
}

export default async function SignInErrorPage({ searchParams }: SignInErrorProps) {
  const { error } = await searchParams;
  const { config } = await runtime();
  const { title, meaning, next } = describeSignInError(typeof error === "string" ? error : null);
  return (
    <ConsolePage title={title} lead={`${meaning} ${next}`} narrow>
      <SignInWays providers={signInProviders(config)} callbackUrl="/" />
      <DeliveryNotice delivery={mailDelivery()} />
    </ConsolePage>
  );
}
