import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { DeliveryNotice } from "#components/console/sign-in/delivery-notice.tsx";
import { SignInForm } from "#components/console/sign-in/sign-in-form.tsx";
import { describeSignInError } from "#components/console/sign-in/describe-sign-in-error.ts";
import { mailDelivery } from "#lib/mail/index.ts";

export const metadata: Metadata = { title: "Sign-in failed" };

interface SignInErrorProps {
  searchParams: Promise<{ error?: string | string[] }>;
}

export default async function SignInErrorPage({ searchParams }: SignInErrorProps) {
  const { error } = await searchParams;
  const { title, meaning, next } = describeSignInError(typeof error === "string" ? error : null);
  return (
    <ConsolePage title={title} lead={`${meaning} ${next}`} narrow>
      <SignInForm callbackUrl="/" />
      <DeliveryNotice delivery={mailDelivery()} />
    </ConsolePage>
  );
}
