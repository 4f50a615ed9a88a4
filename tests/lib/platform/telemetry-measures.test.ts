import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { defineJob, openQueue, type Queue } from "#lib/jobs/index.ts";
import { metrics, processWide } from "#lib/platform/index.ts";
import { useRuntime } from "#lib/runtime/index.ts";
import { createEmbeddedStore, observeStore } from "#lib/storage/index.ts";
import { makePerson, makeToken } from "#tests/support/accounts.ts";
import { readMetrics } from "#tests/support/read-metrics.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { route } from "../../../app/api/_route.ts";

const flaky = defineJob({ name: "test.flaky", payload: z.strictObject({ of: z.string() }), retries: 0 });
let deps: TestDeps;
let queue: Queue;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kos-test-measures-"));
  deps = await openTestDeps();
  queue = await openQueue(deps.config.databaseUrl, "worker", [flaky]);
}, 120_000);
afterAll(async () => {
  await queue.stop();
  await deps.close();
  rmSync(folder, { recursive: true, force: true });
});

const told = async () => readMetrics(await metrics().registry.metrics());

test("an attempt of a job is counted by how it ended, and the payload is as it was given", async () => {
  const payloads: unknown[] = [];
  await queue.work(flaky, 1, async (payload) => {
    payloads.push(payload);
    if (payload.of === "storms") throw new Error("not today");
  });
  await deps.db.$transaction((tx) => queue.enqueue(tx, flaky, { of: "storms" }));
  await deps.db.$transaction((tx) => queue.enqueue(tx, flaky, { of: "tides" }));
  const count = async (outcome: string) => (await told()).value("kos_job_duration_seconds_count", { job: "test.flaky", outcome });
  await waitFor("the second job", async () => ((await count("done")) === 1 ? true : undefined));
  expect(await count("failed")).toBe(1);
  expect(payloads).toEqual([{ of: "storms" }, { of: "tides" }]);
});

test("an operation of the store is counted by whose fault it was", async () => {
  const secret = "s".repeat(32);
  const options = (root: string) => ({ root, publicUrl: "http://localhost", secret });
  const file = join(folder, "file");
  writeFileSync(file, "");
  const store = observeStore(createEmbeddedStore(options(join(folder, "objects"))));
  const broken = observeStore(createEmbeddedStore(options(join(file, "objects"))));
  const before = await told();
  const bytes = new TextEncoder().encode("bytes");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await store.put("staging/a", bytes, { sha256, contentType: "text/plain" });
  expect(await store.getBytes("staging/a", 100)).toEqual(Buffer.from(bytes));
  await expect(store.put("staging/b", bytes, { sha256: "0".repeat(64), contentType: "text/plain" })).rejects.toMatchObject({ code: "checksum-mismatch" });
  await expect(broken.put("staging/c", bytes, { sha256, contentType: "text/plain" })).rejects.toMatchObject({ code: "store-unavailable" });
  const after = await told();
  const grown = (outcome: string) => {
    const at = { operation: "put", outcome };
    return (after.value("kos_storage_operation_duration_seconds_count", at) ?? 0) - (before.value("kos_storage_operation_duration_seconds_count", at) ?? 0);
  };
  expect([grown("ok"), grown("refused"), grown("failed")]).toEqual([1, 1, 1]);
});

test("a route tells the log how its caller was found, and not who it is", async () => {
  useRuntime(deps);
  const person = await makePerson(deps);
  const token = await makeToken(deps, person, ["read"]);
  const underWay = processWide("request-principals", () => new Map<string, string | null>());
  const noted = async (requestId: string, headers: Record<string, string>, hungUp = false) => {
    if (!hungUp) underWay.set(requestId, null);
    const request = new Request("http://localhost:3999/api/v1/submissions", { headers: { ...headers, "x-request-id": requestId } });
    await route("GET /api/v1/submissions", async () => ({ items: [] }))(request, { params: Promise.resolve({}) });
    const found = underWay.get(requestId);
    underWay.delete(requestId);
    return found;
  };
  expect(await noted("with-token", { authorization: `Bearer ${token}` })).toBe("token");
  expect(await noted("with-another", { authorization: `Bearer ${token}x` })).toBeNull();
  expect(await noted("with-none", {})).toBeNull();
  expect(await noted("gone", { authorization: `Bearer ${token}` }, true), "nothing is kept of a request whose sender hung up").toBeUndefined();
});
