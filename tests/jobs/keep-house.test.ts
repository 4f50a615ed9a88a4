import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createUpload } from "#lib/publishing/index.ts";
import { makePerson } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { keepHouse } from "#worker/housekeeping.ts";

let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

const bytes = Buffer.from("announced, put, and never submitted");
const sha256 = createHash("sha256").update(bytes).digest("hex");

async function staged(): Promise<{ id: string; stagingKey: string }> {
  const { id } = await createUpload(deps, { principal: await makePerson(deps), size: bytes.length, sha256 });
  const { stagingKey } = await deps.db.upload.findUniqueOrThrow({ where: { id } });
  await deps.store.put(stagingKey, bytes, { sha256, contentType: "application/octet-stream" });
  return { id, stagingKey };
}

test("staged bytes that nobody submitted leave the store, those that may still be submitted stay", async () => {
  const old = await staged();
  deps.advance(2 * 3_600_000);
  const young = await staged();
  const stopping = new AbortController();
  keepHouse(deps, stopping.signal);
  await waitFor("the old upload to go", async () => ((await deps.db.upload.findUnique({ where: { id: old.id } })) === null ? true : undefined));
  stopping.abort();
  expect(await deps.store.head(old.stagingKey)).toBeNull();
  expect(await deps.store.head(young.stagingKey)).not.toBeNull();
  expect(await deps.db.upload.findUnique({ where: { id: young.id } })).not.toBeNull();
});

test("one account announces only so many uploads at once", async () => {
  const principal = await makePerson(deps);
  const announce = () => createUpload(deps, { principal, size: bytes.length, sha256 });
  for (let count = 0; count < 20; count++) await announce();
  await expect(announce()).rejects.toMatchObject({ code: "rate-limited", status: 429 });
  deps.advance(16 * 60_000);
  expect(await announce()).toMatchObject({ method: "PUT" });
});

test("a limit whose uses have all come back is forgotten, one that is still spent is kept", async () => {
  const minute = 60_000;
  const now = deps.now().getTime();
  await deps.db.rateLimit.createMany({ data: [{ key: "swept", spentUntil: new Date(now - 2 * minute) }, { key: "kept", spentUntil: new Date(now + 10 * minute) }] });
  const stopping = new AbortController();
  keepHouse(deps, stopping.signal);
  await waitFor("the old limit to go", async () => ((await deps.db.rateLimit.count({ where: { key: "swept" } })) === 0 ? true : undefined));
  stopping.abort();
  expect(await deps.db.rateLimit.count({ where: { key: "kept" } })).toBe(1);
});
