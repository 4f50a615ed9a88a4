"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import type { ViewerView } from "#lib/accounts/schema.ts";

interface Place {
  href: string;
  label: string;
}

function placesOf(viewer: ViewerView): readonly Place[] {
  const places: Place[] = [
    { href: "/submissions", label: "Submissions" },
    { href: "/keys", label: "Keys" },
    { href: "/tokens", label: "Tokens" },
    { href: "/teams", label: "Teams" },
    { href: "/settings", label: "Settings" },
    ...viewer.publishers.map((publisher) => ({ href: `/teams/${publisher.slug}`, label: publisher.name })),
    { href: "/publishers/new", label: "New publisher" },
  ];
  return viewer.roles.includes("administrator") ? [...places, { href: "/admin", label: "Administration" }] : places;
}

/** The header's own links, for screens where it has no room for them. */
function mainPlaces(reviews: boolean): readonly Place[] {
  const places: Place[] = [
    { href: "/search", label: "Browse" },
    { href: "/publish", label: "Publish" },
  ];
  return reviews ? [...places, { href: "/review", label: "Review" }] : places;
}

const ITEM = "flex w-full items-center rounded-sm px-2 py-1.5 text-left text-14 text-grey-12 hover:bg-grey-4 focus-visible:bg-grey-4";

/** Closes the menu on Escape (giving the focus back) and on a press outside it. */
function useClosing(element: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    function close(event: Event): void {
      const details = element.current;
      if (details === null || !details.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        details.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && details.contains(event.target)) return;
      details.open = false;
    }
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, [element]);
}

interface AccountMenuProps {
  viewer: ViewerView;
  /** Whether the person may open the review desk. */
  reviews: boolean;
}

/** The signed-in person's menu, which on narrow screens holds the header's links too. A details element, so that it opens and signs out without scripts. */
export function AccountMenu({ viewer, reviews }: AccountMenuProps) {
  const element = useRef<HTMLDetailsElement>(null);
  const path = usePathname();
  useEffect(() => {
    element.current?.removeAttribute("open");
  }, [path]);
  useClosing(element);
  return (
    <details ref={element} className="relative">
      <summary aria-label={`Account of ${viewer.email}`} className="flex h-8 items-center gap-1 rounded-md pr-1 pl-1 text-14 text-grey-11 hover:bg-grey-4 hover:text-grey-12">
        <span aria-hidden className="flex size-6 items-center justify-center rounded-full bg-grey-12 text-12 font-medium text-grey-1 uppercase">
          {(viewer.name ?? viewer.email).slice(0, 1)}
        </span>
        <ChevronDown aria-hidden className="size-3.5" />
      </summary>
      <div className="absolute right-0 z-40 mt-1.5 w-60 rounded-md border bg-panel p-1 shadow-float">
        <div className="border-b px-2 pt-1.5 pb-2 text-13">
          {viewer.name ? <p className="truncate font-medium">{viewer.name}</p> : null}
          <p className="truncate text-grey-11">{viewer.email}</p>
          {viewer.roles.length > 0 ? <p className="mt-0.5 text-12 text-grey-10">{viewer.roles.join(", ")}</p> : null}
        </div>
        <nav aria-label="Account" className="py-1">
          <div className="mb-1 border-b pb-1 sm:hidden">
            {mainPlaces(reviews).map((place) => (
              <Link key={place.href} href={place.href} className={ITEM}>
                {place.label}
              </Link>
            ))}
          </div>
          {placesOf(viewer).map((place) => (
            <Link key={place.href} href={place.href} className={ITEM}>
              <span className="truncate">{place.label}</span>
            </Link>
          ))}
        </nav>
        <form method="post" action="/api/v1/session/sign-out" className="border-t pt-1">
          <button type="submit" className={ITEM}>
            Sign out
          </button>
        </form>
      </div>
    </details>
  );
}
