import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { defineJob, openQueue, type Queue } from "#lib/jobs/index.ts";
import { openRuntime, watchHealth, type Deps } from "#lib/runtime/index.ts";
import { StorageError } from "#lib/storage/index.ts";
import { openLink, type BreakableLink } from "#tests/support/breakable-link.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { waitOut } from "#worker/wait-out.ts";

const held = defineJob({ name: "tests.held", payload: z.object({}), retries: 0 });
const stopping = new AbortController();
let deps: TestDeps;
let link: BreakableLink;
/** What the job works with: the same database over a way that can be cut; the queue keeps its own. */
let far: Deps;
let queue: Queue;

beforeAll(async () => {
  deps = await openTestDeps();
  const database = new URL(deps.config.databaseUrl);
  link = await openLink({ host: database.hostname, port: Number(database.port) });
  database.hostname = "127.0.0.1";
  database.port = String(link.port);
  far = await openRuntime({ ...deps.config, databaseUrl: database.href }, "client", []);
  await watchHealth(far, stopping.signal);
  queue = await openQueue(deps.config.databaseUrl, "worker", [held]);
});
afterAll(async () => {
  stopping.abort();
  await queue.stop();
  await far.queue.stop();
  await far.db.$disconnect();
  await link.close();
  await deps.close();
});

test("an outage costs a job none of its attempts, and its end is waited for", async () => {
  let tries = 0;
  await queue.work(held, 1, () => waitOut(far, held, stopping.signal, async () => {
    tries++;
    await far.db.user.count();
  }));
  await link.cut();
  await deps.db.$transaction((tx) => queue.enqueue(tx, held, {}));
  await waitFor("more tries than a fault of its own would get", () => Promise.resolve(tries > 4 ? true : undefined));
  const rows = () => deps.db.$queryRaw<{ state: string; retry_count: number }[]>`SELECT state::text AS state, retry_count FROM pgboss.job WHERE name = ${held.name}`;
  expect(await rows()).toEqual([{ state: "active", retry_count: 0 }]);
  await link.mend();
  await waitFor("the job to be done", async () => ((await rows())[0]?.state === "completed" ? true : undefined));
  expect(await rows()).toEqual([{ state: "completed", retry_count: 0 }]);
});

test("a job that fails as in an outage while everything answers has failed, and so has any that fails otherwise", async () => {
  let tries = 0;
  const away = async () => {
    tries++;
    await Promise.reject(new StorageError("store-unavailable", "so it says"));
  };
  await expect(waitOut(far, held, stopping.signal, away)).rejects.toThrow("so it says");
  expect(tries).toBe(3);
  await expect(waitOut(far, held, stopping.signal, () => Promise.reject(new Error("its own fault")))).rejects.toThrow("its own fault");
});

test("a try that does not end is given up, and a worker that stops waits for no outage", async () => {
  await expect(waitOut(far, { name: held.name, seconds: 0.05 }, stopping.signal, () => new Promise(() => undefined))).rejects.toThrow("no answer within 50 ms");
  await expect(waitOut(far, held, AbortSignal.abort(), () => Promise.reject(new StorageError("store-unavailable", "gone")))).rejects.toThrow("gone");
});
