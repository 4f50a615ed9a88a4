import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { runAtTerminal, startOnPty } from "../unit/host/run-at-terminal.ts";
import { pluginFiles, runKos, temporaryFolder, writeFiles } from "../unit/host/run-kos.ts";

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 240_000);
afterAll(() => server.stop());

/** Approves, as the page does, the sign-in that waits: what a person does in the browser. */
async function approveNext(person: Principal): Promise<void> {
  const grant = await waitFor("a sign-in that waits", async () => (await server.deps.db.deviceGrant.findFirst({ where: { approvedAt: null, deniedAt: null, consumedAt: null, expiresAt: { gt: new Date() } }, orderBy: { createdAt: "desc" } })) ?? undefined, 120);
  const headers = { cookie: await makeSessionCookie(server.deps, person), origin: server.url, "content-type": "application/json" };
  const answer = await server.request("/api/v1/device/approve", { method: "POST", headers, body: JSON.stringify({ userCode: grant.userCode }) });
  expect(answer.status).toBe(200);
}

/** An empty home with a plugin in it, and a "browser" that notes what it is to open. */
function machine(folder: string, id: string) {
  const files = pluginFiles();
  const write = (version: string) => writeFiles(join(folder, "tide"), { ...files, "plugin.yaml": (files["plugin.yaml"] ?? "").replace("tide-table", id).replace("1.2.0", version) });
  write("1.2.0");
  writeFileSync(join(folder, "browser"), `#!/bin/sh\necho "$1" > '${join(folder, "opened")}'\n`, { mode: 0o755 });
  return { write, env: { HOME: folder, KOS_REGISTRY: server.url, BROWSER: join(folder, "browser") } };
}

function keepToken(folder: string, token: string): void {
  mkdirSync(join(folder, ".config", "kos"), { recursive: true });
  writeFileSync(join(folder, ".config", "kos", "credentials.json"), JSON.stringify({ registries: { [server.url]: { token } } }), { mode: 0o600 });
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("kos publish on a machine that has nothing", { timeout: 240_000 }, () => {
  test("signs in, creates the publisher, makes and registers the key, signs, uploads and follows; later it asks nothing", async () => {
    using folder = temporaryFolder();
    const person = await makePerson(server.deps);
    const [id, slug] = [uniqueName("tide"), uniqueName("ada-press")];
    const { env, write } = machine(folder.path, id);
    const started = Date.now();
    const [first] = await Promise.all([runAtTerminal(["publish", join(folder.path, "tide")], { env, answers: { "Slug of your publisher": [slug], Passphrase: [""] } }), approveNext(person)]);
    const seconds = (Date.now() - started) / 1000;
    process.stdout.write(`first publish: ${first.questions.length} questions in the terminal, 1 approval in the browser, ${seconds.toFixed(1)} s\n`);
    expect([first.code, first.err]).toEqual([0, expect.stringContaining("Registered")]);
    expect(first.questions).toHaveLength(2);
    expect(first.out).toContain("passed");
    expect(first.out).toContain(`${server.url}/submissions/`);
    expect(readFileSync(join(folder.path, "opened"), "utf8")).toMatch(/\/device\?code=[A-Z]{4}-[A-Z]{4}\n$/);

    const keys = join(folder.path, ".config", "kos", "keys", new URL(server.url).host.replace(":", "_"), slug);
    expect(readdirSync(keys).sort()).toEqual(["private.asc", "public.asc", "revocation.asc"]);
    expect([modeOf(keys), modeOf(join(keys, "private.asc")), modeOf(join(keys, "revocation.asc"))]).toEqual(["700", "600", "600"]);
    const submission = await server.deps.db.submission.findFirstOrThrow({ where: { publisher: { slug } }, include: { publisher: { include: { keys: true, members: true } } } });
    expect(submission.publisher.keys).toHaveLength(1);
    expect(submission.publisher.members).toMatchObject([{ userId: person.userId, role: "owner" }]);
    const tokens = await server.deps.db.apiToken.findMany({ where: { userId: person.userId } });
    expect(tokens.map(({ scopes }) => scopes)).toEqual([["publish", "yank", "read"]]);

    write("1.2.1");
    const later = Date.now();
    const second = await runAtTerminal(["publish", join(folder.path, "tide")], { env });
    process.stdout.write(`second publish: ${second.questions.length} questions, ${((Date.now() - later) / 1000).toFixed(1)} s\n`);
    expect([second.code, second.questions]).toEqual([0, []]);
    expect(await server.deps.db.apiToken.count({ where: { userId: person.userId } })).toBe(1);
  });

  test("asks for another slug where one is taken, and for a second approval where the first came too long ago", async () => {
    using folder = temporaryFolder();
    const taken = await makePublisher(server.deps, await makePerson(server.deps), uniqueName("taken"));
    const free = uniqueName("free");
    const person = await makePerson(server.deps);
    const { env } = machine(folder.path, uniqueName("tide"));
    keepToken(folder.path, await makeToken(server.deps, person, ["publish", "read"]));
    const [ran] = await Promise.all([runAtTerminal(["publish", join(folder.path, "tide"), "--no-wait"], { env, answers: { "Slug of your publisher": [taken, free], Passphrase: ["open sezame", "open sesame"], "The same again": ["open sesame", "open sesame"] } }), approveNext(person)]);
    expect([ran.code, ran.questions.length]).toEqual([0, 6]);
    expect(ran.err).toContain("a fresh approval in the browser");
    expect(await server.deps.db.publisher.count({ where: { members: { some: { userId: person.userId } } } })).toBe(1);
    expect(await server.deps.db.apiToken.count({ where: { userId: person.userId, revokedAt: null } })).toBe(1);
    const again = await runKos(["publish", join(folder.path, "tide"), "--no-wait"], { cwd: folder.path, env });
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("locked by a passphrase")]);
    writeFileSync(join(folder.path, "passphrase"), "open sesame\n", { mode: 0o600 });
    const unlocked = await runKos(["publish", join(folder.path, "tide"), "--no-wait", "--passphrase-file", join(folder.path, "passphrase")], { cwd: folder.path, env });
    expect([unlocked.code, unlocked.stdout]).toEqual([0, expect.stringContaining("was submitted before, with these very bytes")]);
  });
});

test("a sign-in that has ended is renewed at a terminal", { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const person = await makePerson(server.deps);
  const press = await makePublisher(server.deps, person);
  const { env } = machine(folder.path, uniqueName("tide"));
  const token = await makeToken(server.deps, person, ["publish", "read"]);
  await server.deps.db.apiToken.updateMany({ where: { userId: person.userId }, data: { revokedAt: new Date() } });
  keepToken(folder.path, token);
  const argv = ["publish", join(folder.path, "tide"), "--publisher", press, "--unsigned", "--no-wait"];
  const refused = await runKos(argv, { cwd: folder.path, env });
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining("revoked")]);
  const [ran] = await Promise.all([runAtTerminal(argv, { env }), approveNext(person)]);
  expect([ran.code, ran.questions, ran.err]).toEqual([0, [], expect.stringContaining("sign-in has ended")]);
});

describe("kos publish without a terminal", { timeout: 240_000 }, () => {
  test("asks nothing, says what to run, and does it all when it is told by options", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    const { env } = machine(cwd, uniqueName("tide"));
    const tokenless = await runKos(["publish", "tide"], { cwd, env });
    expect([tokenless.code, tokenless.stderr]).toEqual([2, expect.stringContaining(`kos login --registry ${server.url}`)]);
    const person = await makePerson(server.deps);
    const withToken = { ...env, KOS_TOKEN: await makeToken(server.deps, person, ["publish", "read", "keys"]) };
    const homeless = await runKos(["publish", "tide"], { cwd, env: withToken });
    expect([homeless.code, homeless.stderr]).toEqual([2, expect.stringContaining("kos publish tide --publisher SLUG --create-publisher")]);
    expect([await server.deps.db.publisher.count({ where: { members: { some: { userId: person.userId } } } }), existsSync(join(cwd, ".config"))]).toEqual([0, false]);
    const slug = uniqueName("machine");
    const done = await runKos(["publish", "tide", "--publisher", slug, "--create-publisher", "--new-key", "--json"], { cwd, env: withToken });
    expect([done.code, done.json()]).toMatchObject([0, { ok: true, artifact: { signed: true } }]);
    await makePublisher(server.deps, person);
    const unclear = await runKos(["publish", "tide"], { cwd, env: { ...withToken } });
    expect(unclear.stderr).toContain("--publisher");
  });
});

// `script` gives the program a terminal of its own, so that Ctrl-C is the terminal's and not this test's.
describe.skipIf(!existsSync("/usr/bin/script"))("Ctrl-C", { timeout: 300_000 }, () => {
  test("at every moment leaves nothing half done, and the same command goes on", async () => {
    using folder = temporaryFolder();
    const person = await makePerson(server.deps);
    const slug = uniqueName("calm-press");
    const { env } = machine(folder.path, uniqueName("tide"));
    const stopAt = async (words: string, before: (say: (text: string) => void) => Promise<void> = async () => undefined) => {
      const { child, heard, ended } = startOnPty(["publish", "tide"], { cwd: folder.path, env });
      const say = (text: string) => void child.stdin?.write(text);
      const hears = (text: string) => waitFor(`“${text}” in: ${heard()}`, async () => (heard().includes(text) ? true : undefined), 120);
      await before(say);
      await hears(words);
      say("\u0003");
      const code = await ended;
      expect([code, heard()]).toEqual([130, expect.stringContaining("nothing is half done")]);
    };
    const counts = async () => {
      const of = { where: { members: { some: { userId: person.userId } } } };
      return [await server.deps.db.apiToken.count({ where: { userId: person.userId } }), await server.deps.db.publisher.count(of), await server.deps.db.signingKey.count({ where: { publisher: of.where } }), await server.deps.db.submission.count({ where: { publisher: of.where } })];
    };
    await stopAt("waiting for the approval");
    await server.deps.db.deviceGrant.updateMany({ data: { expiresAt: new Date(0) } });
    expect(await counts()).toEqual([0, 0, 0, 0]);
    await stopAt("Slug of your publisher", () => approveNext(person));
    expect(await counts()).toEqual([1, 0, 0, 0]);
    // What is typed ahead of a question is its answer.
    await stopAt("Passphrase", async (say) => say(`${slug}\n`));
    expect(await counts()).toEqual([1, 1, 0, 0]);
    expect(existsSync(join(folder.path, ".config", "kos", "keys"))).toBe(false);
    const last = await runAtTerminal(["publish", join(folder.path, "tide")], { env, answers: { Passphrase: [""] } });
    expect([last.code, await counts()]).toEqual([0, [1, 1, 1, 1]]);
  });
});
