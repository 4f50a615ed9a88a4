"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { SearchField } from "#components/chrome/search-field.tsx";

/** The header's search field; the home page has its own, so here it stays away. */
export function HeaderSearch() {
  const path = usePathname();
  const query = useSearchParams().get("q") ?? "";
  if (path === "/") return null;
  return <SearchField key={query} defaultValue={path === "/search" ? query : ""} className="order-last w-full md:order-none md:w-auto md:max-w-[32rem] md:flex-1" />;
}
