import Form from "next/form";
import { Search } from "lucide-react";
import { joinClasses } from "#components/ui/join-classes.ts";
import { Kbd } from "#components/ui/kbd.tsx";

interface SearchFieldProps {
  defaultValue?: string;
  size?: "md" | "lg";
  autoFocus?: boolean;
  className?: string;
}

/** The search form. A plain GET form, so that it works without scripts; `/` focuses it. */
export function SearchField({ defaultValue = "", size = "md", autoFocus = false, className }: SearchFieldProps) {
  return (
    <Form action="/search" role="search" className={joinClasses("relative", className)}>
      <Search aria-hidden className={joinClasses("pointer-events-none absolute top-1/2 -translate-y-1/2 text-grey-10", size === "lg" ? "left-3.5 size-5" : "left-2.5 size-4")} />
      <input
        type="search"
        name="q"
        data-search-field
        aria-label="Search services and plugins"
        placeholder={size === "lg" ? "Name, capability or task" : "Search services and plugins"}
        defaultValue={defaultValue}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        className={joinClasses(
          "peer w-full rounded-md border border-grey-9 bg-panel text-grey-12 transition-colors hover:border-grey-10 focus-visible:-outline-offset-1",
          size === "lg" ? "h-12 pr-12 pl-11 text-16" : "h-9 pr-10 pl-8 text-14",
        )}
      />
      <span aria-hidden className={joinClasses("needs-script pointer-events-none absolute top-1/2 hidden -translate-y-1/2 peer-focus:hidden sm:block", size === "lg" ? "right-3.5" : "right-2")}>
        <Kbd>/</Kbd>
      </span>
    </Form>
  );
}
