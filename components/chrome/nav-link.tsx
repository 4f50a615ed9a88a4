"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { joinClasses } from "#components/ui/join-classes.ts";

/** A link of the header that knows whether it is where we are. */
export function NavLink({ href, children }: { href: string; children: string }) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={joinClasses("flex h-8 items-center rounded-md px-2 text-14 transition-colors hover:bg-grey-4 hover:text-grey-12 sm:px-2.5", here ? "text-grey-12" : "text-grey-11")}
    >
      {children}
    </Link>
  );
}
