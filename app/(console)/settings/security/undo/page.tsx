import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { LinkAnswer } from "#components/console/settings/link-answer.tsx";
import { IncompleteLink } from "#components/console/sign-in/incomplete-link.tsx";

export const metadata: Metadata = { title: "Take a second factor away", referrer: "same-origin" };

interface UndoFactorProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** For whoever was mailed of a second factor that they did not add, signed in or not. */
export default async function UndoFactorPage({ searchParams }: UndoFactorProps) {
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") return <IncompleteLink />;
  return (
    <ConsolePage
      title="Take the second factor away"
      lead="The second factor goes, and every one that was added after it. All sessions of the account end, tokens and identities that were added since a week before are taken away, and a change of its address since is taken back."
      narrow
    >
      <LinkAnswer answer="undo-factor" token={token} />
    </ConsolePage>
  );
}
