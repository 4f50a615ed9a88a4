import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addPage, normaliseUrl } from "../../../examples/reading-list/add-page.ts";
import * as plugin from "../../../examples/reading-list/main.ts";
import type { Page } from "../../../examples/reading-list/page.ts";
import { DEFAULT_SETTINGS, readSettings } from "../../../examples/reading-list/read-settings.ts";
import { dropOldReadPages, showPages } from "../../../examples/reading-list/show-pages.ts";
import { createMemoryHost } from "./memory-host.ts";

const NOW = new Date("2026-03-02T10:00:00Z");
const page = (name: string, change: Partial<Page> = {}): Page => ({
  url: `https://example.org/${name}`,
  title: name,
  tags: [],
  addedAt: "2026-03-01T00:00:00.000Z",
  readAt: null,
  ...change,
});

describe("readSettings", () => {
  it("falls back to the defaults that the schema of the form declares", () => {
    const schema = JSON.parse(readFileSync(new URL("../../../examples/reading-list/config.schema.json", import.meta.url), "utf8")) as {
      properties: Record<string, { default: unknown }>;
    };
    const defaults = Object.fromEntries(Object.entries(schema.properties).map(([key, property]) => [key, property.default]));
    expect(DEFAULT_SETTINGS).toEqual(defaults);
    expect(readSettings({ order: "sideways", keepReadDays: -1, showRead: "yes", defaultTag: 7 })).toEqual(defaults);
  });

  it("takes values that fit", () => {
    expect(readSettings({ order: "title", keepReadDays: 0, showRead: true, defaultTag: " Later " })).toEqual({ order: "title", keepReadDays: 0, showRead: true, defaultTag: "Later" });
  });
});

describe("addPage", () => {
  it("takes tracking off the address", () => {
    expect(normaliseUrl("https://Example.org/a?utm_source=x&id=1#part")).toBe("https://example.org/a?id=1");
  });

  it("marks a page that is there already as unread and keeps when it came", () => {
    const pages = addPage([page("a", { readAt: "2026-03-01T12:00:00.000Z", tags: ["old"] })], { url: "https://example.org/a" }, DEFAULT_SETTINGS, NOW);
    expect(pages).toEqual([page("a", { tags: ["old"] })]);
  });

  it("gives the tag of the settings to a page without one", () => {
    const [added] = addPage([], { url: "https://example.org/b", tags: [" "] }, { ...DEFAULT_SETTINGS, defaultTag: "Later" }, NOW);
    expect(added?.tags).toEqual(["later"]);
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "nothing"])("refuses %s", (url) => {
    expect(() => addPage([], { url }, DEFAULT_SETTINGS, NOW)).toThrow(TypeError);
  });
});

describe("the list", () => {
  const pages = [page("b", { addedAt: "2026-03-01T00:00:00.000Z" }), page("a", { addedAt: "2026-03-02T00:00:00.000Z" }), page("c", { readAt: "2026-01-01T00:00:00.000Z" })];

  it("stands in the chosen order, without read pages", () => {
    expect(showPages(pages, DEFAULT_SETTINGS).map((entry) => entry.title)).toEqual(["a", "b"]);
    expect(showPages(pages, { ...DEFAULT_SETTINGS, order: "oldest", showRead: true }).map((entry) => entry.title)).toEqual(["b", "c", "a"]);
  });

  it("drops what was read long ago, unless the settings keep it", () => {
    expect(dropOldReadPages(pages, DEFAULT_SETTINGS, NOW)).toHaveLength(2);
    expect(dropOldReadPages(pages, { ...DEFAULT_SETTINGS, keepReadDays: 0 }, NOW)).toHaveLength(3);
  });
});

describe("the plugin", () => {
  it("adds, marks as read and follows changed settings", async () => {
    const config: Record<string, unknown> = {};
    const { host, call } = createMemoryHost("reading-list", { config });
    await plugin.init(host);
    await call("add", { url: "https://example.org/a", title: "A", tags: ["x"] });
    await call("add", { url: "https://example.org/b", title: "B" });
    await call("mark-read", { url: "https://example.org/b#top" });
    expect(await call("list", {})).toMatchObject([{ title: "A" }]);
    config["showRead"] = true;
    config["order"] = "title";
    await plugin.onEvent(host, { name: "config.changed", data: null });
    expect(await plugin.onEvent(host, { name: "menu.opened", data: null })).toMatchObject([{ title: "A" }, { title: "B" }]);
    expect(await call("list", { tag: "X" })).toMatchObject([{ title: "A" }]);
  });

  it("leaves the list alone when an address is refused", async () => {
    const { host, call, stored } = createMemoryHost("reading-list");
    await plugin.init(host);
    await expect(call("add", { url: "ftp://example.org" })).rejects.toThrow(TypeError);
    await expect(call("mark-read", { url: "https://example.org/none" })).rejects.toThrow(RangeError);
    expect(stored.size).toBe(0);
  });
});
