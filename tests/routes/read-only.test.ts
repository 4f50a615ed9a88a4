import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setReadOnly } from "#lib/admin/index.ts";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { publishForm, readProblem, sendPublish } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let server: TestServer;
let token: string;
let publisher: string;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  const owner = await makePerson(server.deps);
  token = await makeToken(server.deps, owner, ["publish", "read"]);
  publisher = await makePublisher(server.deps, owner);
}, 120_000);
afterAll(() => server.stop());

const form = (name: string) => ({ publisher, manifest: Buffer.from(serviceManifest(name, "1.0.0")), fileName: `${name}.yaml` });
const state = async () => ((await (await server.request("/readyz")).json()) as { readOnly: string | null }).readOnly;

/** By hand: `fetch` would resolve the steps itself. */
function postAsWritten(path: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, method: "POST", headers }, (response) => resolve(response.resume().statusCode ?? 0)).on("error", reject).end("{}");
  });
}

describe("read-only mode", () => {
  test("refuses every change with the reason, leaves no trace, lets reading and dry runs go on, and ends without a restart", async () => {
    await setReadOnly(server.deps, { reason: "the database moves", actorId: null });
    await waitFor("the process to know", async () => ((await state()) === "the database moves" ? true : undefined));
    const before = await countTraces(server.deps);
    const refused = await sendPublish(server, token, form(uniqueName("late")));
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(await readProblem(refused)).toMatchObject({ code: "read-only", detail: expect.stringContaining("the database moves") as string });
    expect(await countTraces(server.deps)).toEqual(before);
    // Next would resolve the steps after the door has looked at the beginning of the path.
    for (const path of ["/api/auth/../v1/tokens", "/api/auth/%2e%2E/v1/tokens", "/api/v1/session/x/../../tokens"]) expect(await postAsWritten(path), path).toBe(400);
    const home = await server.request("/");
    expect([home.status, (await home.text()).includes("the database moves")]).toEqual([200, true]);
    expect((await server.request("/api/v1/validate", { method: "POST", body: publishForm(form("some-service")) })).status).toBe(200);
    await setReadOnly(server.deps, { reason: null, actorId: null });
    await waitFor("the process to know", async () => ((await state()) === null ? true : undefined));
    expect((await sendPublish(server, token, form(uniqueName("welcome")))).status).toBe(202);
  });
});
