import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { RegistryError } from "#lib/http/index.ts";
import { artifactKey, type ObjectStore } from "#lib/storage/index.ts";

/** Stores the file under the key of what it hashes to; storing it twice changes nothing. */
export async function storeArtifact(store: ObjectStore, input: { path: string; size: number; sha256: string; mediaType: string }): Promise<void> {
  await store.put(artifactKey(input.sha256), { path: input.path, size: input.size }, { sha256: input.sha256, contentType: input.mediaType, cacheControl: "public, max-age=31536000, immutable", ifAbsent: true });
}

/** Gives `work` the artifact as a file on this machine, and removes the file afterwards. */
export async function withArtifactFile<T>(store: ObjectStore, sha256: string, work: (path: string) => Promise<T>): Promise<T> {
  const object = await store.get(artifactKey(sha256));
  if (object === null) throw new RegistryError("unavailable", `The bytes of sha256:${sha256} are not in the store.`);
  const folder = await mkdtemp(join(tmpdir(), "kos-artifact-"));
  try {
    const path = join(folder, "artifact");
    await pipeline(object.body, createWriteStream(path));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
