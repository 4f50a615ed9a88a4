import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Deps } from "#lib/runtime/index.ts";
import type { Encoding } from "./feed-key.ts";

export interface FeedInMemory {
  seq: bigint;
  sha256: string;
  entries: number;
  builtAt: Date;
  /** Listings that are taken down, as of the last look: what was remembered of them is not told any more. */
  withheld: ReadonlySet<string>;
  variants: Record<Encoding, Buffer>;
}

const file = (deps: Deps): string => join(deps.config.dataDir, "cache", "feed");

/** Keeps the snapshot on this machine's disk, so that a process which starts while database or store are away still answers polls. */
export async function keepFeed(deps: Deps, feed: FeedInMemory): Promise<void> {
  const path = file(deps);
  const partial = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, serialize(feed));
  await rename(partial, path);
}

/** The snapshot that was kept last; null when there is none, or when it is not what was kept. */
export async function readKeptFeed(deps: Deps): Promise<FeedInMemory | null> {
  try {
    const feed = deserialize(await readFile(file(deps))) as FeedInMemory;
    const variants = Object.fromEntries(Object.entries(feed.variants).map(([encoding, bytes]) => [encoding, Buffer.from(bytes)])) as FeedInMemory["variants"];
    return createHash("sha256").update(variants.identity).digest("hex") === feed.sha256 ? { ...feed, withheld: new Set(feed.withheld), variants } : null;
  } catch {
    return null;
  }
}
