import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { processWide } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { artifactKey, createEmbeddedStore, sendObject, type EmbeddedObjectStore } from "#lib/storage/index.ts";
import type { Download } from "./resolve-download.ts";

interface Hot {
  store: EmbeddedObjectStore;
  /** Bytes and last use by key; what another process of this machine kept joins when the folder is read. */
  held: Map<string, { size: number; usedAt: number }>;
  fetching: Set<string>;
  /** Asked for while as many as may be were being fetched, in the order of asking. */
  waiting: Map<string, Download>;
  listed: boolean;
}

const AT_ONCE = 4;
const MOST_WAITING = 1_000;

/** Files beside the process, made of what was downloaded lately: only for a store that can be away while this machine is not. */
function hot(deps: Deps): Hot | null {
  if (deps.store.kind !== "s3" || deps.config.cacheBytes === 0) return null;
  return processWide("hot-artifacts", () => ({
    store: createEmbeddedStore({ root: join(deps.config.dataDir, "cache", "objects"), publicUrl: deps.config.publicUrl, secret: deps.config.authSecret }),
    held: new Map(),
    fetching: new Set<string>(),
    waiting: new Map<string, Download>(),
    listed: false,
  }));
}

/** Copies an artifact that was just asked for beside this process, once; the least recently used leave when the cache is full. */
export function keepHot(deps: Deps, download: Download): void {
  const cache = hot(deps);
  const key = artifactKey(download.sha256);
  if (cache === null) return;
  const held = cache.held.get(key);
  if (held !== undefined) held.usedAt = Date.now();
  if (held !== undefined || cache.fetching.has(key)) return;
  if (cache.fetching.size < AT_ONCE) void fetchAndGoOn(deps, cache, [key, download]);
  else if (cache.waiting.size < MOST_WAITING) cache.waiting.set(key, download);
}

async function fetchAndGoOn(deps: Deps, cache: Hot, first: [key: string, download: Download]): Promise<void> {
  for (let next: typeof first | undefined = first; next !== undefined; [next] = cache.waiting) {
    const [key, download] = next;
    cache.waiting.delete(key);
    cache.fetching.add(key);
    await fetchInto(deps, cache, key, download).catch((error: unknown) => deps.logger.warn({ err: error, key }, "an artifact was not kept beside the process"));
    cache.fetching.delete(key);
  }
}

async function fetchInto(deps: Deps, cache: Hot, key: string, download: Download): Promise<void> {
  if (!cache.listed) await list(cache);
  if (cache.held.has(key)) return;
  const stored = await deps.store.get(key);
  if (stored === null || stored.size > deps.config.cacheBytes) return void stored?.body.destroy();
  await cache.store.receive({ key, size: stored.size, sha256: download.sha256, contentType: download.mediaType, chunks: stored.body });
  cache.held.set(key, { size: stored.size, usedAt: Date.now() });
  if (bytesOf(cache) > deps.config.cacheBytes) await makeRoom(cache, deps.config.cacheBytes);
}

async function list(cache: Hot): Promise<void> {
  for await (const { key, size } of cache.store.list("artifacts/")) if (!cache.held.has(key)) cache.held.set(key, { size, usedAt: 0 });
  cache.listed = true;
}

async function makeRoom(cache: Hot, most: number): Promise<void> {
  await list(cache);
  for (const [key] of [...cache.held].sort(([, a], [, b]) => a.usedAt - b.usedAt)) {
    if (bytesOf(cache) <= most) return;
    cache.held.delete(key);
    await cache.store.delete(key);
  }
}

function bytesOf(cache: Hot): number {
  return [...cache.held.values()].reduce((sum, { size }) => sum + size, 0);
}

/** Answers a download with the bytes themselves, from beside the process; false, with nothing written, where they are not there. */
export async function sendHot(deps: Deps, download: Download, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const cache = hot(deps);
  const key = artifactKey(download.sha256);
  if (cache === null || (await cache.store.head(key)) === null) return false;
  response.setHeader("access-control-allow-origin", "*");
  await sendObject(cache.store, { method: "GET", key, expires: 0, fileName: download.fileName, contentType: download.mediaType }, request, response);
  return true;
}
