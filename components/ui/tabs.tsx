import Link from "next/link";
import { joinClasses } from "#components/ui/join-classes.ts";

interface TabLink {
  id: string;
  label: string;
  href: string;
  count?: number | undefined;
}

/** Tabs that are links: each has an address, works without scripts and opens in a new window. On narrow screens they wrap, so that the open one is always seen. */
export function TabLinks({ tabs, active, label }: { tabs: readonly TabLink[]; active: string; label: string }) {
  return (
    <nav aria-label={label} className="-mx-4 border-b px-4 [scrollbar-width:none] sm:mx-0 sm:overflow-x-auto sm:px-0">
      <ul className="flex flex-wrap gap-x-5 sm:min-w-max sm:flex-nowrap">
        {tabs.map((tab) => (
          <li key={tab.id}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.id === active ? "page" : undefined}
              className={joinClasses(
                "-mb-px flex h-9 items-center gap-1.5 sm:h-10 border-b-2 text-14 transition-colors focus-visible:-outline-offset-2",
                tab.id === active ? "border-grey-12 font-medium text-grey-12" : "border-transparent text-grey-11 hover:text-grey-12",
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="font-mono text-12 text-grey-10 tabular-nums">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
