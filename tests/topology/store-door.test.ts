import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#scripts/embedded-postgres.ts";
import { startNginx, type NginxServer } from "#tests/support/nginx-server.ts";

const SIGNED = `?X-Amz-Signature=${"a".repeat(64)}`;
let seen: IncomingHttpHeaders = {};
const store = createServer((request, response) => {
  seen = request.headers;
  request.resume().on("end", () => response.end());
});
let nginx: NginxServer;
let door: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  const storePort = await freePort();
  door = `http://127.0.0.1:${storePort}`;
  nginx = await startNginx({ port: await freePort(), webs: [9], storePort, store: `http://127.0.0.1:${(store.address() as AddressInfo).port}` });
}, 60_000);
afterAll(async () => {
  await nginx.remove();
  store.close();
});

test("an upload cannot be turned into a copy of another object, or made public", async () => {
  const headers = { "x-amz-copy-source": "/kos/artifacts/secret", "x-amz-acl": "public-read", "x-amz-checksum-sha256": "kept", cookie: "a=b", authorization: "AWS4-HMAC-SHA256 other" };
  expect((await fetch(`${door}/kos/staging/x${SIGNED}`, { method: "PUT", body: "bytes", headers })).status).toBe(200);
  expect([seen["x-amz-copy-source"], seen["x-amz-acl"], seen.cookie, seen.authorization]).toEqual([undefined, undefined, undefined, undefined]);
  expect([seen["x-amz-checksum-sha256"], seen["content-length"]]).toEqual(["kept", "5"]);
});
