import type { Page } from "./page.ts";
import type { Settings } from "./read-settings.ts";

const DAY_MS = 86_400_000;

/** Leaves out what was read longer ago than the settings keep. */
export function dropOldReadPages(pages: readonly Page[], settings: Settings, now: Date): Page[] {
  if (settings.keepReadDays === 0) return [...pages];
  const oldest = now.getTime() - settings.keepReadDays * DAY_MS;
  return pages.filter((page) => page.readAt === null || Date.parse(page.readAt) >= oldest);
}

/** The list as it is shown: in the chosen order, with or without read pages, of one tag or of all. */
export function showPages(pages: readonly Page[], settings: Settings, tag: string | null = null): Page[] {
  return pages
    .filter((page) => (settings.showRead || page.readAt === null) && (tag === null || page.tags.includes(tag.toLowerCase())))
    .sort((a, b) => {
      if (settings.order === "title") return a.title.localeCompare(b.title, "en") || a.url.localeCompare(b.url, "en");
      const older = a.addedAt.localeCompare(b.addedAt) || a.url.localeCompare(b.url, "en");
      return settings.order === "oldest" ? older : -older;
    });
}
