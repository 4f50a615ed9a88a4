import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ErrorPage, type ERROR_WORDS } from "#components/errors/error-page.tsx";
import { setPageStatus } from "#lib/http/index.ts";

interface StatusPageProps {
  status: keyof typeof ERROR_WORDS;
  /** Stands in for the general error page where more is known. */
  children?: ReactNode;
}

/** An error page that is whole without scripts, with its status on the answer. */
export async function StatusPage({ status, children }: StatusPageProps) {
  const requestId = (await headers()).get("x-request-id");
  if (requestId !== null) setPageStatus(requestId, status);
  return children ?? <ErrorPage status={status} />;
}
