import type { Page } from "./page.ts";
import type { Settings } from "./read-settings.ts";

export interface NewPage {
  url: string;
  title?: string;
  tags?: string[];
}

/**
 * Puts a page on the list. A page that is there already is unread again instead of standing twice.
 * Throws `TypeError` when the address is not http or https.
 */
export function addPage(pages: readonly Page[], added: NewPage, settings: Settings, now: Date): Page[] {
  const url = normaliseUrl(added.url);
  const known = pages.find((page) => page.url === url);
  const given = (added.tags ?? []).map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== "");
  const fallback = known?.tags ?? (settings.defaultTag === "" ? [] : [settings.defaultTag.toLowerCase()]);
  const page: Page = {
    url,
    title: added.title?.trim() || known?.title || url,
    tags: [...new Set(given.length > 0 ? given : fallback)].sort(),
    addedAt: known?.addedAt ?? now.toISOString(),
    readAt: null,
  };
  return [...pages.filter((other) => other.url !== url), page];
}

/** Drops the fragment and the parameters that only track where a reader came from. */
export function normaliseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) throw new TypeError(`"${text}" is not a web address`);
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) if (/^(utm_|fbclid$|gclid$)/.test(name)) url.searchParams.delete(name);
  return url.href;
}
