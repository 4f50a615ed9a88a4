import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { IncompleteLink } from "#components/console/sign-in/incomplete-link.tsx";
import { Button } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Sign in with a link", referrer: "same-origin" };

interface LinkPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** The link from the terminal opens a page with one button: a preview that fetches the address does not use it up. */
export default async function SignInLinkPage({ searchParams }: LinkPageProps) {
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") return <IncompleteLink />;
  return (
    <ConsolePage title="Sign in with this link" lead="This link was made on the machine that runs the registry. It signs this browser in, once." narrow>
      <form method="post" action="/api/v1/session/link">
        <input type="hidden" name="token" value={token} />
        <Button type="submit" variant="primary">
          Sign in
        </Button>
      </form>
    </ConsolePage>
  );
}
