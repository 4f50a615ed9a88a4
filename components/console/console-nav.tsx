"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import { joinClasses } from "#components/ui/join-classes.ts";
import { mayDecideClaims, mayReview } from "#components/console/account/roles.ts";

interface Destination {
  href: string;
  label: string;
}

const EVERYONE: readonly Destination[] = [
  { href: "/publish", label: "Publish" },
  { href: "/submissions", label: "Submissions" },
  { href: "/keys", label: "Keys" },
  { href: "/tokens", label: "Tokens" },
  { href: "/teams", label: "Teams" },
  { href: "/settings", label: "Settings" },
];

/** The console's own row of places, under the site's header. */
export function ConsoleNav({ roles }: { roles: readonly InstanceRole[] }) {
  const path = usePathname();
  const places = [
    ...EVERYONE,
    ...(mayReview(roles) ? [{ href: "/review", label: "Review" }] : []),
    ...(mayDecideClaims(roles) ? [{ href: "/claims", label: "Claims" }] : []),
    ...(roles.includes("administrator") ? [{ href: "/admin", label: "Administration" }] : []),
  ];
  return (
    <nav aria-label="Console" className="border-b bg-grey-2 [scrollbar-width:none] sm:overflow-x-auto">
      <ul className="page flex flex-wrap gap-x-5 sm:min-w-max sm:flex-nowrap">
        {places.map(({ href, label }) => {
          const current = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? "page" : undefined}
                className={joinClasses(
                  "-mb-px flex h-9 items-center border-b-2 text-13 sm:h-10 transition-colors focus-visible:-outline-offset-2",
                  current ? "border-accent font-medium text-grey-12" : "border-transparent text-grey-11 hover:text-grey-12",
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
