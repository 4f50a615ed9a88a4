"use client";

import { usePathname } from "next/navigation";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Leads to a fresh sign-in, in a tab of its own: what was typed here stays, and goes on under the new session. */
export function SignInAgain() {
  const path = usePathname();
  return (
    <LinkButton size="sm" target="_blank" href={`/sign-in?again=1&next=${encodeURIComponent(path)}`}>
      Sign in again in a new tab
    </LinkButton>
  );
}
