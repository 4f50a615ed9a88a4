import { addPage, normaliseUrl } from "./add-page.ts";
import type { NewPage } from "./add-page.ts";
import type { Host, HostEvent } from "./host.ts";
import type { Page } from "./page.ts";
import { DEFAULT_SETTINGS, readSettings } from "./read-settings.ts";
import type { Settings } from "./read-settings.ts";
import { dropOldReadPages, showPages } from "./show-pages.ts";

const PAGES_KEY = "pages";
let settings: Settings = DEFAULT_SETTINGS;

export async function init(host: Host): Promise<void> {
  settings = readSettings(await host.config.get());
  host.bus.register(host.plugin.id, ["memory_storage"]);
  host.bus.subscribe("reading-list.add", (data) => change(host, (pages) => addPage(pages, readNewPage(data), settings, new Date())));
  host.bus.subscribe("reading-list.mark-read", (data) => change(host, (pages) => markRead(pages, readNewPage(data).url, new Date())));
  host.bus.subscribe("reading-list.list", async (data) => showPages(await loadPages(host), settings, readTag(data)));
}

export async function onEvent(host: Host, event: HostEvent): Promise<unknown> {
  if (event.name === "config.changed") {
    settings = readSettings(await host.config.get());
    await change(host, (pages) => pages);
    return null;
  }
  return event.name === "menu.opened" ? showPages(await loadPages(host), settings) : null;
}

async function change(host: Host, edit: (pages: Page[]) => Page[]): Promise<{ pages: number }> {
  const pages = dropOldReadPages(edit(await loadPages(host)), settings, new Date());
  await host.storage.put(PAGES_KEY, pages);
  return { pages: pages.length };
}

async function loadPages(host: Host): Promise<Page[]> {
  const stored = await host.storage.get(PAGES_KEY);
  return Array.isArray(stored) ? (stored as Page[]) : [];
}

function markRead(pages: Page[], address: string, now: Date): Page[] {
  const url = normaliseUrl(address);
  if (!pages.some((page) => page.url === url)) throw new RangeError(`"${url}" is not on the list`);
  return pages.map((page) => (page.url === url ? { ...page, readAt: now.toISOString() } : page));
}

function readNewPage(data: unknown): NewPage {
  if (typeof data !== "object" || data === null || !("url" in data) || typeof data.url !== "string") throw new TypeError("needs { url: string }");
  const title = "title" in data && typeof data.title === "string" ? data.title : undefined;
  const tags = "tags" in data && Array.isArray(data.tags) ? data.tags.filter((tag) => typeof tag === "string") : undefined;
  return { url: data.url, title, tags };
}

function readTag(data: unknown): string | null {
  return typeof data === "object" && data !== null && "tag" in data && typeof data.tag === "string" ? data.tag : null;
}
