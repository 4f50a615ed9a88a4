"use client";

import { usePathname } from "next/navigation";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Leads to a fresh sign-in and back to this page, where the session has ended. */
export function SignInAgain() {
  const path = usePathname();
  return (
    <LinkButton size="sm" href={`/sign-in?again=1&next=${encodeURIComponent(path)}`}>
      Sign in again
    </LinkButton>
  );
}
