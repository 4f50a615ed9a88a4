import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEmbeddedStore, createS3Store, handleObjectRequest } from "#lib/storage/index.ts";
import type { ObjectStore } from "#lib/storage/index.ts";

import { startS3Server } from "./s3-server.ts";

/** A store that answers for real, presigned addresses included. */
export interface RunningStore {
  store: ObjectStore;
  /** The same store by a clock that is an hour slow: what it signs for a minute has expired. */
  slowStore: ObjectStore;
  stop(): Promise<void>;
}

const anHourAgo = () => new Date(Date.now() - 60 * 60_000);

/** The embedded driver in a new temporary folder, behind a small HTTP server. */
export async function startEmbeddedStore(): Promise<RunningStore & { root: string }> {
  const root = await mkdtemp(join(tmpdir(), "objects-"));
  const server = createServer((req, res) => {
    handleObjectRequest(store, req, res).then(
      (handled) => handled || res.writeHead(404).end(),
      (error: unknown) => res.destroy(error instanceof Error ? error : undefined),
    );
  });
  const publicUrl = `http://127.0.0.1:${await listen(server)}`;
  const options = { root, publicUrl, secret: "a secret that only this test's server knows" };
  const store = createEmbeddedStore(options);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(root, { recursive: true });
  };
  return { store, slowStore: createEmbeddedStore({ ...options, clock: anHourAgo }), stop, root };
}

/** The S3 driver on a new bucket of a real server. */
export async function startS3Store(): Promise<RunningStore> {
  const server = await startS3Server();
  const options = { ...server, bucket: `contract-${Date.now()}`, forcePathStyle: true };
  const store = createS3Store(options);
  const slowStore = createS3Store({ ...options, clock: anHourAgo });
  await store.ensureBucket();
  const stop = async () => {
    store.close();
    slowStore.close();
    await server.stop();
  };
  return { store, slowStore, stop };
}

function listen(server: Server): Promise<number> {
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") failed(new Error("the server has no port"));
      else listening(address.port);
    });
  });
}
