import { getEventListeners } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listenTo } from "#lib/platform/index.ts";
import { openLink, type BreakableLink } from "#tests/support/breakable-link.ts";
import { ask, emptyDatabase } from "#tests/support/empty-database.ts";
import type { FreshDatabase } from "#tests/support/fresh-database.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let database: FreshDatabase;
let link: BreakableLink;

beforeAll(async () => {
  database = await emptyDatabase();
  const { hostname, port } = new URL(database.url);
  link = await openLink({ host: hostname, port: Number(port || 5432) });
});

afterAll(async () => {
  await link.close();
  await database.drop();
});

test("listening begins again after a cut, leaves no listener on the signal, and ends with it", async () => {
  const ending = new AbortController();
  const seen = { ready: 0, notices: 0, faults: 0 };
  const url = new URL(database.url);
  [url.hostname, url.port] = ["127.0.0.1", String(link.port)];
  const onReady = () => Promise.resolve(void seen.ready++);
  const done = listenTo({ databaseUrl: url.href, channel: "kos_test", applicationName: "kos-test-listen", signal: ending.signal, onReady, onNotice: () => seen.notices++, onFault: () => seen.faults++ });
  const until = async (what: string, holds: () => boolean) => void (await waitFor(what, () => Promise.resolve(holds() || undefined), 20));
  await until("listening", () => seen.ready === 1);
  await ask(database.url, "NOTIFY kos_test");
  await until("the first notice", () => seen.notices === 1);
  const listeners = getEventListeners(ending.signal, "abort").length;
  await link.cut();
  await until("a refused connection", () => seen.faults > 0);
  await link.mend();
  await until("listening again", () => seen.ready === 2);
  await ask(database.url, "NOTIFY kos_test");
  await until("the second notice", () => seen.notices === 2);
  expect(getEventListeners(ending.signal, "abort")).toHaveLength(listeners);
  ending.abort();
  await done;
  expect(getEventListeners(ending.signal, "abort")).toHaveLength(0);
  await waitFor("the end of the connection", async () => ((await ask(database.url, "SELECT 1 FROM pg_stat_activity WHERE application_name = 'kos-test-listen'")).length === 0 ? true : undefined), 20);
});

test("where what follows on listening fails, the connection is given up and made anew", async () => {
  const ending = new AbortController();
  let [ready, faults] = [0, 0];
  const onReady = () => (++ready === 1 ? Promise.reject(new Error("not now")) : Promise.resolve());
  const done = listenTo({ databaseUrl: database.url, channel: "kos_test", applicationName: "kos-test-ready", signal: ending.signal, onReady, onNotice: () => undefined, onFault: () => faults++ });
  await waitFor("the second connection", () => Promise.resolve(ready === 2 || undefined), 20);
  const connections = await ask(database.url, "SELECT 1 FROM pg_stat_activity WHERE application_name = 'kos-test-ready'");
  ending.abort();
  await done;
  expect([faults, connections.length]).toEqual([1, 1]);
});
