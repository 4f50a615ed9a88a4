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

/** The way to older rows and back to the newest, with the filters kept. */
export function Pages({ path, query, nextCursor }: { path: string; query: Record<string, string | undefined>; nextCursor: string | null }) {
  const paged = (query["cursor"] ?? "") !== "";
  if (nextCursor === null && !paged) return null;
  return (
    <nav aria-label="Pages" className="flex gap-2">
      {paged ? <LinkButton size="sm" href={addressOf(path, { ...query, cursor: undefined })}>Newest</LinkButton> : null}
      {nextCursor === null ? null : <LinkButton size="sm" href={addressOf(path, { ...query, cursor: nextCursor })}>Older</LinkButton>}
    </nav>
  );
}

/** An address with those values that are there. */
export function addressOf(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
