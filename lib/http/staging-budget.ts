import { processWide } from "#lib/platform/index.ts";
import { RegistryError } from "./errors.ts";

const MIB = 1024 * 1024;
/** Bytes of unfinished uploads on this machine's disk: of everyone, and of one address. */
const MOST_IN_ALL = 2048 * MIB;
const MOST_PER_CLIENT = 640 * MIB;

interface Staged {
  total: number;
  byClient: Map<string, number>;
}

/**
 * Sets `bytes` of the disk aside for an upload before its first byte is read: who it is is found out only later.
 * Throws `unavailable` (503) or `rate-limited` (429) when too much is under way; returns how to give it back, once.
 */
export function reserveStaging(client: string, bytes: number): () => void {
  const staged = processWide<Staged>("staging-budget", () => ({ total: 0, byClient: new Map() }));
  const own = staged.byClient.get(client) ?? 0;
  if (own + bytes > MOST_PER_CLIENT) throw new RegistryError("rate-limited", "Too many uploads from this address are under way at once; wait until some are done.", { headers: { "retry-after": "10" } });
  if (staged.total + bytes > MOST_IN_ALL) throw new RegistryError("unavailable", "Too many uploads are under way at once; try again shortly.", { headers: { "retry-after": "10" } });
  staged.total += bytes;
  staged.byClient.set(client, own + bytes);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    staged.total -= bytes;
    const left = (staged.byClient.get(client) ?? 0) - bytes;
    if (left > 0) staged.byClient.set(client, left);
    else staged.byClient.delete(client);
  };
}
