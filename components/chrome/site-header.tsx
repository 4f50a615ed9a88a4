import { Suspense } from "react";
import type { ViewerView } from "#lib/accounts/schema.ts";
import { AccountMenu } from "#components/chrome/account-menu.tsx";
import { HeaderSearch } from "#components/chrome/header-search.tsx";
import { NavLink } from "#components/chrome/nav-link.tsx";
import { ThemeToggle } from "#components/chrome/theme-toggle.tsx";
import { Wordmark } from "#components/chrome/wordmark.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Reviewers and those above them see the desk. */
const DESK_ROLES = new Set(["reviewer", "security", "council", "administrator"]);

/** The head of every page. */
export function SiteHeader({ viewer }: { viewer: ViewerView | null }) {
  const reviews = viewer?.roles.some((role) => DESK_ROLES.has(role)) ?? false;
  return (
    <header className="sticky top-0 z-30 border-b bg-grey-1">
      <div className="page flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5 md:flex-nowrap md:gap-x-6">
        <Wordmark />
        <Suspense>
          <HeaderSearch />
        </Suspense>
        <div className="ml-auto flex items-center gap-0.5 sm:gap-1">
          <nav aria-label="Main" className={viewer ? "hidden items-center sm:flex" : "flex items-center"}>
            <NavLink href="/search">Browse</NavLink>
            <NavLink href="/publish">Publish</NavLink>
            {reviews ? <NavLink href="/review">Review</NavLink> : null}
          </nav>
          <ThemeToggle />
          {viewer ? (
            <AccountMenu viewer={viewer} reviews={reviews} />
          ) : (
            <LinkButton href="/sign-in" size="sm" className="ml-1">
              Sign in
            </LinkButton>
          )}
        </div>
      </div>
    </header>
  );
}
