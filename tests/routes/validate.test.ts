import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countTraces } from "#tests/support/count-traces.ts";
import { packPlugin, serviceManifest } from "#tests/support/packages.ts";
import { publishForm } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";

let server: TestServer;
let clients = 0;
beforeAll(async () => void (server = await startTestServer({ worker: false })), 120_000);
afterAll(() => server.stop());

describe("validate", () => {
  const validate = async (form: FormData) => server.request("/api/v1/validate", { method: "POST", body: form, client: `192.0.2.${++clients}` });

  test("needs no sign-in and stores nothing, for sound and for hostile input", async () => {
    const before = await countTraces(server.deps);
    for (const [form, ok] of [
      [publishForm({ package: await packPlugin({ id: "validated-only" }) }), true],
      [publishForm({ manifest: serviceManifest("validated-only") }), true],
      [publishForm({ package: new TextEncoder().encode("PK not a zip") }), false],
      [publishForm({ manifest: new TextEncoder().encode("[".repeat(5000)) }), false],
    ] as const) {
      const response = await validate(form);
      expect([response.status, ((await response.json()) as { ok: boolean }).ok]).toEqual([200, ok]);
    }
    expect(await countTraces(server.deps)).toEqual(before);
  });

  test("several services and a manifest without a version are fine here", async () => {
    const text = new TextDecoder().decode(serviceManifest("first-of-two")).replace(/ {4}version.*\n/, "");
    const second = new TextDecoder().decode(serviceManifest("second-of-two")).replace("services:\n", "");
    const answer = (await (await validate(publishForm({ manifest: new TextEncoder().encode(text + second) }))).json()) as { ok: boolean };
    expect(answer.ok).toBe(true);
  });

  test("is limited by address, and says how much is left", async () => {
    const left = async (client: string) => (await server.request("/api/v1/validate", { method: "POST", body: publishForm({ manifest: serviceManifest("limited") }), client })).headers.get("ratelimit");
    // At once: a use comes back every two seconds.
    const [one, two, other] = await Promise.all([left("198.51.100.77"), left("198.51.100.77"), left("198.51.100.78")]);
    expect([one, two].sort()).toEqual([expect.stringContaining("r=28"), expect.stringContaining("r=29")]);
    expect(other).toContain("r=29");
  });
});
