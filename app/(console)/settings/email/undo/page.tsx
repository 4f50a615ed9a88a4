import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { LinkAnswer } from "#components/console/settings/link-answer.tsx";
import { IncompleteLink } from "#components/console/sign-in/incomplete-link.tsx";

export const metadata: Metadata = { title: "Take a change of address back", referrer: "same-origin" };

interface UndoEmailProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** For whoever owns the old address, signed in or not: the account may be in other hands. */
export default async function UndoEmailPage({ searchParams }: UndoEmailProps) {
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") return <IncompleteLink />;
  return (
    <ConsolePage title="Take the change of address back" lead="The account gets its old address again. Every session of it ends, and tokens, identities and second factors that were added since the change are taken away." narrow>
      <LinkAnswer answer="undo-email" token={token} />
    </ConsolePage>
  );
}
