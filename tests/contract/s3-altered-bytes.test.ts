import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createS3Store } from "#lib/storage/index.ts";
import type { ObjectBody, S3ObjectStore } from "#lib/storage/index.ts";

import { startS3Server } from "../support/s3-server.ts";
import type { S3Server } from "../support/s3-server.ts";

const BYTES = new TextEncoder().encode("what the publisher signed");
const OPTIONS = { sha256: createHash("sha256").update(BYTES).digest("hex"), contentType: "text/plain" };

/** The hash is checked before sending too; here the server must refuse what changed after that. */
describe("bytes altered between the application and the S3 server", () => {
  let server: S3Server;
  let proxy: Server;
  let direct: S3ObjectStore;
  let altered: S3ObjectStore;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "altered-"));
    server = await startS3Server();
    proxy = createServer((req, res) => void forwardAltered(new URL(server.endpoint), req, res));
    await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
    const options = { ...server, bucket: `altered-${Date.now()}`, forcePathStyle: true };
    const address = proxy.address() as AddressInfo;
    direct = createS3Store(options);
    altered = createS3Store({ ...options, endpoint: `http://127.0.0.1:${address.port}` });
    await direct.ensureBucket();
  }, 15 * 60_000);

  afterAll(async () => {
    altered?.close();
    direct?.close();
    proxy?.closeAllConnections();
    proxy?.close();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  it.each(["memory", "file"])("are refused, and nothing is stored, from %s", async (source) => {
    const path = join(folder, "body");
    await writeFile(path, BYTES);
    const body: ObjectBody = source === "memory" ? BYTES : { path, size: BYTES.length };
    const put = altered.put(`altered/${source}`, body, OPTIONS);
    await expect(put).rejects.toMatchObject({ code: "checksum-mismatch" });
    expect(await direct.head(`altered/${source}`)).toBeNull();
    expect(await direct.put(`altered/${source}`, body, OPTIONS)).toBe("created");
  });
});

/** Passes a request on as it is, signature included, but for the first byte of its body. */
async function forwardAltered(target: URL, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await buffer(req);
  if (body.length > 0) body[0] = (body[0] ?? 0) ^ 1;
  const { method, url, headers } = req;
  const onward = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.end(body);
}
