import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { startTestServer, stopProcess, type TestServer } from "#tests/support/start-test-server.ts";
import { submitBytes } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let server: TestServer;
let worker: ChildProcess;
let owner: Principal;
let publisher: string;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  worker = await server.startWorker();
  owner = await makePerson(server.deps, ["administrator"]);
  publisher = await makePublisher(server.deps, owner);
}, 120_000);
afterAll(() => server.stop());

const submit = (id: string) => submitBytes(server.deps, { principal: owner, publisher }, "manifest", serviceManifest(id));
const inState = (id: string, state: string) => waitFor(`${id} to become ${state}`, async () => {
  const row = await server.deps.db.submission.findUniqueOrThrow({ where: { id } });
  return row.state === state ? row : undefined;
}, 150);
const approve = async (id: string) => {
  const { stateVersion } = await inState(id, "in_review");
  await decideSubmission(server.deps, { principal: owner, id, decision: "approve", reason: "Fine.", stateVersion });
};

async function expectPublishedOnce(submissionId: string, id: string): Promise<void> {
  await inState(submissionId, "published");
  expect(await server.deps.db.version.count({ where: { submissionId } })).toBe(1);
  expect(await server.deps.db.auditEvent.count({ where: { name: "catalog:version:publish", subject: `listing:${id}` } })).toBe(1);
  expect(await server.deps.db.mail.count({ where: { event: { contains: "published" }, text: { contains: id } } })).toBe(1);
  await waitFor("the feed's entry", async () => (id in ((await (await server.request("/api/feed.json")).json()) as object) ? true : undefined));
}

test("approved while no worker lives, published once by the next", { timeout: 300_000 }, async () => {
  const id = uniqueName("outlived");
  const { id: submissionId } = await submit(id);
  await inState(submissionId, "in_review");
  await stopProcess(worker, "SIGKILL");
  await approve(submissionId);
  expect(await server.deps.db.submission.findUnique({ where: { id: submissionId } })).toMatchObject({ state: "approved" });
  expect(await server.deps.db.version.count({ where: { submissionId } })).toBe(0);
  worker = await server.startWorker();
  await expectPublishedOnce(submissionId, id);
});

test("killed in the middle of publishing, published once after its lease ends", { timeout: 300_000 }, async () => {
  const id = uniqueName("interrupted");
  const { id: submissionId } = await submit(id);
  await inState(submissionId, "in_review");
  // A lock on the row holds the job inside its transaction, so that the kill cannot come too early or too late.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await approve(submissionId);
  const lock = server.deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${submissionId}::uuid FOR UPDATE`;
    await held;
  }, { timeout: 120_000 });
  const wasActive = await waitFor("the job to start or end", async () => {
    const rows = await server.deps.db.$queryRaw<{ state: string }[]>`SELECT state::text AS state FROM pgboss.job WHERE name = 'submission.publish' AND data->>'submissionId' = ${submissionId}`;
    return rows[0]?.state === "created" ? undefined : rows[0]?.state;
  });
  await stopProcess(worker, "SIGKILL");
  release();
  await lock;
  // What the dead worker held stays leased for the job's time; the registry's clock does not wait in a test.
  if (wasActive === "active") await server.deps.db.$executeRaw`UPDATE pgboss.job SET started_on = now() - interval '1 hour' WHERE name = 'submission.publish' AND data->>'submissionId' = ${submissionId} AND state = 'active'`;
  worker = await server.startWorker();
  await expectPublishedOnce(submissionId, id);
});

test("killed while the checks run, the checks are run again", { timeout: 300_000 }, async () => {
  const id = uniqueName("rechecked");
  const { id: submissionId } = await submit(id);
  await waitFor("the job to start", async () => {
    const rows = await server.deps.db.$queryRaw<{ state: string }[]>`SELECT state::text AS state FROM pgboss.job WHERE name = 'submission.check' AND data->>'submissionId' = ${submissionId}`;
    return rows[0]?.state === "created" ? undefined : true;
  });
  await stopProcess(worker, "SIGKILL");
  await server.deps.db.$executeRaw`UPDATE pgboss.job SET started_on = now() - interval '1 hour' WHERE name = 'submission.check' AND data->>'submissionId' = ${submissionId} AND state = 'active'`;
  worker = await server.startWorker();
  await approve(submissionId);
  await expectPublishedOnce(submissionId, id);
});
