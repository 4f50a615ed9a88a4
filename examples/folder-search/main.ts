import { buildIndex } from "./build-index.ts";
import type { SearchIndex, TextFile } from "./build-index.ts";
import { findExcerpt } from "./find-excerpt.ts";
import type { Host } from "./host.ts";
import { searchIndex } from "./search-index.ts";

const INDEX_KEY = "index";
const TEXT_FILE = /\.(txt|md|markdown|rst|adoc|org|csv|tsv|json|ya?ml|toml|ini|html?|xml|tex|log)$/i;
/** A longer file is more likely data than something that a person wrote; it would also crowd out the rest. */
const LONGEST_TEXT = 1_000_000;

export function init(host: Host): void {
  host.bus.register(host.plugin.id, ["text_analysis"]);
  host.bus.subscribe("folder-search.index", () => indexFolder(host));
  host.bus.subscribe("folder-search.search", (data) => search(host, readQuery(data)));
}

async function indexFolder(host: Host): Promise<{ indexed: number; skipped: string[] }> {
  const files: TextFile[] = [];
  const skipped: string[] = [];
  for (const path of (await host.files.list()).filter((name) => TEXT_FILE.test(name))) {
    const text = await host.files.readText(path).catch(() => null);
    if (text === null || text.length > LONGEST_TEXT) skipped.push(path);
    else files.push({ path, text });
  }
  await host.storage.put(INDEX_KEY, buildIndex(files));
  return { indexed: files.length, skipped };
}

interface Found {
  path: string;
  score: number;
  excerpt: { line: number; text: string } | null;
}

async function search(host: Host, request: { query: string; limit: number }): Promise<Found[]> {
  const index = await host.storage.get(INDEX_KEY);
  if (index === null) throw new RangeError("no folder has been indexed yet: call `folder-search.index` first");
  const matches = searchIndex(index as SearchIndex, request.query, request.limit);
  return Promise.all(
    matches.map(async (match) => {
      // A file may be gone since it was indexed; the match still tells where it was.
      const text = await host.files.readText(match.path).catch(() => "");
      return { ...match, excerpt: findExcerpt(text, request.query) };
    }),
  );
}

function readQuery(data: unknown): { query: string; limit: number } {
  if (typeof data !== "object" || data === null || !("query" in data) || typeof data.query !== "string") throw new TypeError("search needs { query: string, limit?: number }");
  const limit = "limit" in data ? data.limit : 20;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 100) throw new RangeError("limit must be a whole number from 1 to 100");
  return { query: data.query, limit };
}
