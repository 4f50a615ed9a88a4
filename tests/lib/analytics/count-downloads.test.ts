import { afterAll, beforeAll, expect, test } from "vitest";
import { ageDownloads, countDownload, flushDownloads } from "#lib/analytics/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { publishService } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let versionId: string;
let slug: string;

beforeAll(async () => {
  deps = await openTestDeps();
  const owner = await makePerson(deps);
  slug = uniqueName("counted");
  const { submissionId } = await publishService(deps, { principal: owner, publisher: await makePublisher(deps, owner) }, slug);
  versionId = (await deps.db.version.findFirstOrThrow({ where: { submissionId } })).id;
});
afterAll(() => deps.close());

const counted = async () => ({ day: (await deps.db.downloadDay.aggregate({ where: { versionId }, _sum: { count: true } }))._sum.count ?? 0, listing: (await deps.db.listing.findUniqueOrThrow({ where: { slug } })).downloads30d });

/** The database, counting the statements that reach it. */
function watched(fail: boolean): { db: Db; statements: () => number } {
  let statements = 0;
  const db = new Proxy(deps.db, {
    get: (target, name, receiver) => {
      if (name !== "$executeRaw") return Reflect.get(target, name, receiver) as unknown;
      return (...args: Parameters<Db["$executeRaw"]>) => {
        statements++;
        return fail ? Promise.reject(new Error("the connection was lost")) : target.$executeRaw(...args);
      };
    },
  });
  return { db, statements: () => statements };
}

test("a thousand downloads are one statement", async () => {
  for (let download = 0; download < 1000; download++) countDownload(versionId);
  expect(await counted()).toEqual({ day: 0, listing: 0 });
  const { db, statements } = watched(false);
  await flushDownloads({ db });
  expect(statements()).toBe(1);
  expect(await counted()).toEqual({ day: 1000, listing: 1000 });
});

test("nothing counted sends nothing", async () => {
  const { db, statements } = watched(false);
  await flushDownloads({ db });
  expect(statements()).toBe(0);
});

test("a failed write loses nothing: what came before and after it is written by the next", async () => {
  const before = await counted();
  for (let download = 0; download < 7; download++) countDownload(versionId);
  await expect(flushDownloads({ db: watched(true).db })).rejects.toThrow("the connection was lost");
  for (let download = 0; download < 5; download++) countDownload(versionId);
  await flushDownloads(deps);
  expect(await counted()).toEqual({ day: before.day + 12, listing: before.listing + 12 });
});

test("downloads older than thirty days leave the listing's total and stay in the record of their day", async () => {
  const { day: recent } = await counted();
  const old = new Date(Date.now() - 31 * 86_400_000);
  await deps.db.downloadDay.create({ data: { versionId, day: old, count: 40 } });
  await deps.db.listing.update({ where: { slug }, data: { downloads30d: { increment: 40 } } });
  await ageDownloads(deps);
  expect(await counted()).toEqual({ day: recent + 40, listing: recent });
  await ageDownloads(deps);
  expect((await counted()).listing).toBe(recent);
});
