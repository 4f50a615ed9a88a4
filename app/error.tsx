"use client";

import { ErrorPage } from "#components/errors/error-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

interface ErrorProps {
  error: unknown;
  retry: () => void;
}

/** A fault on the server carries a digest, which the server's log has too. */
function digestOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}

export default function PageError({ error, retry }: ErrorProps) {
  return (
    <ErrorPage
      status={500}
      reference={digestOf(error)}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <LinkButton href="/">Go home</LinkButton>
        </>
      }
    />
  );
}
