import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { IncompleteLink } from "#components/console/sign-in/incomplete-link.tsx";
import { localPath } from "#components/console/sign-in/local-path.ts";
import { Button } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Confirm sign-in", referrer: "same-origin" };

interface ConfirmPageProps {
  searchParams: Promise<{ token?: string | string[]; email?: string | string[]; callbackUrl?: string | string[] }>;
}

/** Mail scanners open links; the token is spent by a person's press, not by the visit. */
export default async function ConfirmSignInPage({ searchParams }: ConfirmPageProps) {
  const { token, email, callbackUrl } = await searchParams;
  if (typeof token !== "string" || token === "" || typeof email !== "string") return <IncompleteLink />;
  return (
    <ConsolePage
      title="Finish signing in"
      lead={
        <>
          You are signing in as <strong className="font-medium text-grey-12">{email}</strong>. If you did not ask for this, close the page: nothing happens.
        </>
      }
      narrow
    >
      <form method="get" action="/api/auth/callback/email">
        <input type="hidden" name="callbackUrl" value={sameSiteTarget(callbackUrl)} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="email" value={email} />
        <Button type="submit" variant="primary">
          Sign in
        </Button>
      </form>
    </ConsolePage>
  );
}

/** The mail carries an absolute address; only its path is kept, so that the form cannot lead to another site. */
function sameSiteTarget(given: string | string[] | undefined): string {
  if (typeof given !== "string" || !URL.canParse(given)) return localPath(given, "/");
  const { pathname, search } = new URL(given);
  return localPath(`${pathname}${search}`, "/");
}
