import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Search fields of a list: an ordinary form, so that the address says what is shown. */
export function FilterForm({ action, label, children }: { action: string; label: string; children: ReactNode }) {
  return (
    <form action={action} role="search" aria-label={label} className="flex flex-wrap items-end gap-3">
      {children}
      <Button type="submit">Show</Button>
    </form>
  );
}

interface PagesProps {
  path: string;
  query: Record<string, string | undefined>;
  nextCursor: string | null;
  /** Name of the cursor in the address, where a page has several lists. */
  cursor?: string;
  /** What the list is, for readers who cannot see where the links stand. */
  label?: string;
  /** How its two ends are called. */
  words?: { first: string; next: string };
}

/** The way to older rows and back to the newest, with the filters kept. */
export function Pages({ path, query, nextCursor, cursor = "cursor", label = "Pages", words = { first: "Newest", next: "Older" } }: PagesProps) {
  const paged = (query[cursor] ?? "") !== "";
  if (nextCursor === null && !paged) return null;
  return (
    <nav aria-label={label} className="flex gap-2">
      {paged ? <LinkButton size="sm" href={addressOf(path, { ...query, [cursor]: undefined })}>{words.first}</LinkButton> : null}
      {nextCursor === null ? null : <LinkButton size="sm" href={addressOf(path, { ...query, [cursor]: nextCursor })}>{words.next}</LinkButton>}
    </nav>
  );
}

/** An address with those values that are there. */
export function addressOf(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
