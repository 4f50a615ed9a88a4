"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { joinClasses } from "#components/ui/join-classes.ts";

interface SideNavProps {
  label: string;
  places: readonly { href: string; label: string }[];
}

/** Places of one area: beside the content, and above it in a row where the screen is narrow. */
export function SideNav({ label, places }: SideNavProps) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="min-w-0">
      <ul className="flex flex-wrap gap-1 lg:flex-col">
        {places.map(({ href, label: text }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? "page" : undefined}
              className={joinClasses("flex rounded-md px-2.5 py-1.5 text-13", path === href ? "bg-grey-4 font-medium text-grey-12" : "text-grey-11 hover:bg-grey-3 hover:text-grey-12")}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
