import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService, submissionInReview } from "#tests/support/submissions.ts";
import { runAtTerminal } from "../unit/host/run-at-terminal.ts";
import { runKos, temporaryFolder } from "../unit/host/run-kos.ts";

let server: TestServer;
let owner: Principal;
let press: string;
let id: string;
let better: string;
let env: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer({ worker: false });
  owner = await makePerson(server.deps);
  press = await makePublisher(server.deps, owner);
  id = uniqueName("harbour");
  await publishService(server.deps, { principal: owner, publisher: press }, id);
  better = uniqueName("better");
  await publishService(server.deps, { principal: owner, publisher: press }, better);
  env = { KOS_REGISTRY: server.url, KOS_TOKEN: await makeToken(server.deps, owner, ["yank", "read"]) };
}, 240_000);
afterAll(() => server.stop());

const version = () => server.deps.db.version.findFirstOrThrow({ where: { listing: { slug: id } } });

describe("kos yank, unyank and deprecate", { timeout: 120_000 }, () => {
  test("change nothing before a yes, and nothing without a reason", async () => {
    using folder = temporaryFolder();
    const refused = await runAtTerminal(["yank", `${id}@1.0.0`], { env, answers: { "Why?": ["It leaks"], "Really yank it?": ["n"] } });
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining("Nothing was changed.")]);
    const mute = await runKos(["yank", `${id}@1.0.0`], { cwd: folder.path, env });
    expect([mute.code, mute.stderr]).toEqual([2, expect.stringContaining(`kos yank ${id}@1.0.0 --reason`)]);
    expect((await version()).yankedAt).toBeNull();
    expect(await server.deps.db.auditEvent.count({ where: { subject: `listing:${id}`, name: "catalog:version:yank" } })).toBe(0);
  });

  test("do what the registry does, with the reason, in a script and at a terminal", async () => {
    using folder = temporaryFolder();
    const yanked = await runAtTerminal(["yank", `${id}@1.0.0`, "--reason", "It leaks"], { env, answers: { "Really yank it?": ["y"] } });
    expect([yanked.code, yanked.questions]).toEqual([0, ["Really yank it? (y/N) [n]"]]);
    expect(await version()).toMatchObject({ yankedAt: expect.any(Date), yankReason: "It leaks" });
    const back = await runAtTerminal(["unyank", `${id}@1.0.0`, "--reason", "It did not", "--yes"], { env });
    expect([back.code, back.questions, (await version()).yankedAt]).toEqual([0, [], null]);
    const deprecated = await runKos(["deprecate", `${id}@1.0.0`, "--reason", "There is a better one", "--successor", better, "--json"], { cwd: folder.path, env });
    expect([deprecated.code, deprecated.json()]).toMatchObject([0, { ok: true, listing: id, version: "1.0.0", change: "deprecate", successor: better }]);
    expect(await version()).toMatchObject({ deprecationReason: "There is a better one", successor: better });
  });

  test("tell a stranger, a missing version and a malformed name apart", async () => {
    using folder = temporaryFolder();
    const stranger = { ...env, KOS_TOKEN: await makeToken(server.deps, await makePerson(server.deps), ["yank"]) };
    const run = (name: string, as = env) => runKos(["yank", name, "--reason", "x"], { cwd: folder.path, env: as });
    expect((await run(`${id}@1.0.0`, stranger)).code).toBe(4);
    expect(await run(`${id}@9.9.9`)).toMatchObject({ code: 4, stderr: expect.stringContaining("9.9.9") as string });
    expect(await run(id)).toMatchObject({ code: 2, stderr: expect.stringContaining("is not ID@VERSION") as string });
    expect((await version()).yankedAt).toBeNull();
  });
});

test("kos status lists what is open, and with --all what is over", { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const waiting = uniqueName("waiting");
  const open = await submissionInReview(server.deps, { principal: owner, publisher: press }, waiting);
  const shown = await runKos(["status"], { cwd: folder.path, env });
  expect([shown.code, shown.stdout]).toEqual([0, expect.stringMatching(new RegExp(`${waiting} 1.0.0 +in_review +${open.id}\\n.*place 1 in the review queue`))]);
  expect(shown.stdout).not.toContain(`${id} 1.0.0`);
  expect((await runKos(["status", "--all"], { cwd: folder.path, env })).stdout).toMatch(new RegExp(`${id} 1.0.0 +published`));
});
