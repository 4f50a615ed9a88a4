import { afterAll, beforeAll, expect, test } from "vitest";
import { setReadOnly } from "#lib/admin/index.ts";
import { READ_ONLY_SETTING } from "#lib/runtime/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const told = async () => (await deps.db.setting.findUnique({ where: { key: READ_ONLY_SETTING } }))?.value;

test("two operators who stop changes at once both succeed, and one word ends it", async () => {
  const reasons = ["moving the database", "moving the store", "moving both"];
  await Promise.all(reasons.map((reason) => setReadOnly(deps, { reason, actorId: null })));
  expect(reasons.map((reason) => ({ reason }))).toContainEqual(await told());
  await setReadOnly(deps, { reason: null, actorId: null });
  expect(await told()).toBeUndefined();
  expect(await deps.db.auditEvent.count({ where: { name: "admin:instance:read-only" } })).toBe(4);
});
