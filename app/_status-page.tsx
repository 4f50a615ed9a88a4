import { headers } from "next/headers";
import { ErrorPage, type ERROR_WORDS } from "#components/errors/error-page.tsx";
import { setPageStatus } from "#lib/http/index.ts";

interface StatusPageProps {
  status: keyof typeof ERROR_WORDS;
  /** Replaces the general sentence where more is known. */
  children?: React.ReactNode;
}

/** An error page that is whole without scripts, with its status on the answer. */
export async function StatusPage({ status, children }: StatusPageProps) {
  const requestId = (await headers()).get("x-request-id");
  if (requestId !== null) setPageStatus(requestId, status);
  return <ErrorPage status={status}>{children}</ErrorPage>;
}
