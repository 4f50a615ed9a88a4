import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { readProblem } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";

interface Announced {
  id: string;
  url: string;
  method: string;
  headers: Record<string, string>;
}

let server: TestServer;
let owner: Principal;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await makePerson(server.deps);
  token = await makeToken(server.deps, owner, ["publish", "read"]);
}, 120_000);
afterAll(() => server.stop());

const post = (path: string, body: unknown, bearer = token) =>
  server.request(path, { method: "POST", headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" }, body: JSON.stringify(body) });

async function announce(bytes: Uint8Array): Promise<Announced> {
  const response = await post("/api/v1/uploads", { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  expect(response.status).toBe(201);
  return (await response.json()) as Announced;
}

const put = (upload: Announced, bytes: Uint8Array) => fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Uint8Array(bytes) });

describe("a large upload goes to the store and is then submitted", () => {
  test("announced, put and completed: 202, once, and nothing stays staged", async () => {
    const publisher = await makePublisher(server.deps, owner);
    const bytes = await packPlugin({ id: uniqueName("plugin") });
    const upload = await announce(bytes);
    expect((await put(upload, bytes)).ok).toBe(true);
    const completed = await post(`/api/v1/uploads/${upload.id}/complete`, { publisher: publisher });
    expect(completed.status).toBe(202);
    expect(await completed.json()).toMatchObject({ submission: { state: "checking" } });
    for await (const object of server.deps.store.list("staging/")) throw new Error(`still staged: ${object.key}`);
    expect((await readProblem(await post(`/api/v1/uploads/${upload.id}/complete`, { publisher: publisher }))).code).toBe("not-found");
  });

  test("other bytes than announced are refused by the store, and completing finds nothing", async () => {
    const publisher = await makePublisher(server.deps, owner);
    const upload = await announce(new TextEncoder().encode("announced bytes"));
    expect((await put(upload, new TextEncoder().encode("another content"))).ok).toBe(false);
    expect((await readProblem(await post(`/api/v1/uploads/${upload.id}/complete`, { publisher: publisher }))).code).toBe("invalid-upload");
  });

  test("another account's upload is as good as none", async () => {
    const upload = await announce(new TextEncoder().encode("mine"));
    const stranger = await makePerson(server.deps);
    const theirs = await makePublisher(server.deps, stranger);
    const response = await post(`/api/v1/uploads/${upload.id}/complete`, { publisher: theirs }, await makeToken(server.deps, stranger, ["publish"]));
    expect((await readProblem(response)).code).toBe("not-found");
  });

  test("51 MiB are refused before a byte travels", async () => {
    expect((await readProblem(await post("/api/v1/uploads", { size: 53_477_376, sha256: "0".repeat(64) }))).code).toBe("invalid-input");
  });
});
