import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handleDownload } from "#lib/feed/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { publishService } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const AT_ONCE = 40;
const id = uniqueName("popular");
let deps: TestDeps;
let server: Server;
let lookUps = 0;

beforeAll(async () => {
  deps = await openTestDeps();
  const principal = await makePerson(deps);
  await publishService(deps, { principal, publisher: await makePublisher(deps, principal) }, id);
  const db = deps.db.$extends({ query: { listing: { findUnique: async ({ args, query }) => {
    lookUps++;
    return await query(args);
  } } } });
  server = createServer((request, response) => void handleDownload({ ...deps, db: db as unknown as Db }, { id, version: null, requestId: "once" }, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await deps.close();
});

test("those who ask for the same at once cost the database one look-up, and all are answered", async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => fetch(address, { redirect: "manual" })));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 302));
  expect(lookUps).toBe(1);
});
