import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/platform/index.ts";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeToken } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { publishForm, readProblem, sendPublish, type ProblemAnswer } from "#tests/support/publish-form.ts";
import { readCorpus, readVector, uploadOf, type CorpusUpload, type SignatureCase, type WebCase } from "#tests/support/read-corpus.ts";
import { runCommandLine } from "../../packages/host/src/command-line/run-command-line.ts";
import { COMMANDS } from "../../packages/host/src/commands/index.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";

interface Validation {
  ok: boolean;
  problems: NonNullable<ProblemAnswer["errors"]>;
}

let server: TestServer;
let token: string;
let owner: Principal;
let publisher: string;
let before: Record<string, number>;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  owner = await makePerson(server.deps);
  publisher = await makePublisher(server.deps, owner);
  token = await makeToken(server.deps, owner, ["publish", "keys"]);
}, 120_000);
afterAll(() => server.stop());

const validate = async (form: FormData, client: string): Promise<Validation> => {
  const response = await server.request("/api/v1/validate", { method: "POST", body: form, client });
  expect(response.status).toBe(200);
  return (await response.json()) as Validation;
};

const expectNoTrace = async () => expect(await countTraces(server.deps)).toEqual(before);

/** The same of the command line, run in this process: what it prints is the same object. */
async function kosValidate(argv: string[]): Promise<Validation & { exit: number }> {
  let printed = "";
  const stdout = { write: (text: string) => ((printed += text), true), isTTY: false };
  const exit = await runCommandLine(COMMANDS, { argv: ["validate", ...argv, "--json"], env: { KOS_REGISTRY: server.url }, stdout: stdout as never, stderr: { ...stdout, write: () => true } as never });
  return { exit, ...(JSON.parse(printed) as Validation) };
}

let clients = 0;
/** Limits count by address: each case comes from another one. */
const anotherClient = (): string => `198.51.${100 + Math.floor(++clients / 250)}.${1 + (clients % 250)}`;

/** Asks both doors about the same bytes and wants the same verdict: every code, severity and place. */
async function askBoth(folder: string, { part, bytes, fileName }: CorpusUpload): Promise<Validation> {
  const path = join(folder, `${++clients}-${fileName}`);
  writeFileSync(path, bytes);
  const [answered, printed] = await Promise.all([validate(publishForm({ [part]: bytes, fileName }), anotherClient()), kosValidate([path])]);
  const told = ({ problems }: Validation): unknown[] => problems.map(({ code, severity, line, column, detail }) => [code, severity, line, column, detail]);
  expect(told(printed)).toEqual(told(answered));
  expect([printed.ok, printed.exit]).toEqual(answered.ok ? [true, 0] : [false, 1]);
  return answered;
}

describe("the corpus, through POST /api/v1/validate and kos validate", { timeout: 300_000 }, () => {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kos-corpus-"));
    before = await countTraces(server.deps);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(["yaml", "version", "archive"] as const)("%s", (family) => {
    test.concurrent.each(readCorpus(family).filter(({ code }) => code !== null))("$file: $code", async (one) => {
      const { ok, problems } = await askBoth(folder, uploadOf(family, one));
      expect(problems).toContainEqual(expect.objectContaining({ code: one.code, severity: "B", ...(one.line === undefined ? {} : { line: one.line, column: one.column }) }));
      expect(ok).toBe(false);
    });
  });

  test.concurrent.each(readCorpus<WebCase>("web").filter(({ as }) => as !== "request"))("web $file: $code", async (one) => {
    const { ok, problems } = await askBoth(folder, uploadOf("web", one));
    expect(problems).toContainEqual(expect.objectContaining({ code: one.code, severity: one.severity ?? "B" }));
    expect(ok).toBe(one.severity === "H");
  });

  test.concurrent.each(readCorpus<WebCase>("web").filter(({ as }) => as === "request"))("web $file: $code", async ({ file, code, contentType = "", status, serverOnly }) => {
    expect(serverOnly).toBeTypeOf("string");
    const problem = await readProblem(await server.request("/api/v1/validate", { method: "POST", body: new Uint8Array(readVector("web", file)), headers: { "content-type": contentType }, client: anotherClient() }));
    expect([problem.status, problem.code]).toEqual([status, code]);
  });

  const accepted = (["archive", "accept"] as const).flatMap((family) => readCorpus(family).filter(({ code }) => code === null).map((one) => ({ family, one, file: one.file })));
  test.concurrent.each(accepted)("$family $file is sound", async ({ family, one }) => {
    const { ok, problems } = await askBoth(folder, uploadOf(family, one));
    expect(problems.filter((problem) => problem.severity === "B")).toEqual([]);
    expect(ok).toBe(true);
  });

  test("leaves no trace", async () => expect(await countTraces(server.deps)).toEqual(before));
});

describe("the corpus, published", { timeout: 180_000 }, () => {
  beforeAll(async () => void (before = await countTraces(server.deps)));
  // The verdict is the same program's; a sample shows that publishing asks it and stores nothing.
  const sample = <T>(cases: T[]): T[] => cases.filter((_one, at) => at % 8 === 0);

  test.concurrent.each((["yaml", "version"] as const).flatMap((family) => sample(readCorpus(family)).map((one) => ({ family, ...one }))))("$family $file: $code", async ({ family, file, code, line, column }) => {
    const problem = await readProblem(await sendPublish(server, token, { publisher, manifest: readVector(family, file) }));
    expect([problem.status, problem.code]).toEqual([422, "manifest-invalid"]);
    expect(problem.errors).toContainEqual(expect.objectContaining({ code, severity: "B", line, column }));
  });

  test.concurrent.each(sample(readCorpus("archive").filter(({ code }) => code !== null)))("archive $file: $code", async ({ file, code }) => {
    const problem = await readProblem(await sendPublish(server, token, { publisher, package: readVector("archive", file), fileName: file }));
    expect([problem.status, problem.code]).toEqual([422, "package-invalid"]);
    expect(problem.errors?.map((error) => error.code)).toContain(code);
  });

  test.concurrent.each(sample(readCorpus<WebCase>("web").filter(({ as }) => as === "request")))("web $file: $code", async ({ file, code, contentType = "", status }) => {
    const problem = await readProblem(await server.request("/api/v1/publish", { method: "POST", body: new Uint8Array(readVector("web", file)), headers: { authorization: `Bearer ${token}`, "content-type": contentType } }));
    expect([problem.status, problem.code]).toEqual([status, code]);
  });

  test("leaves no trace", expectNoTrace);
});

describe("the corpus signature", { timeout: 180_000 }, () => {
  const cases = readCorpus<SignatureCase>("signature");
  /** What today's clock judges otherwise than the case's own: the unit tests hold these to their time. */
  const TIMED = new Set(["from-future.cert.asc", "from-future.sig.asc"]);

  /** A publisher whose stored keys are these, as if each had been good when it was registered. */
  async function publisherWithKeys(certificates: string[]): Promise<string> {
    const slug = await makePublisher(server.deps, owner);
    const { id } = await server.deps.db.publisher.findUniqueOrThrow({ where: { slug } });
    for (const certificate of certificates) {
      const fingerprint = randomBytes(20).toString("hex");
      await server.deps.db.signingKey.create({ data: { id: newId(), publisherId: id, format: "openpgp", fingerprint, signingKeys: [], armored: readVector("signature", certificate).toString("latin1"), algorithm: "vector", userIds: [], keyCreatedAt: new Date(0), addedAt: new Date(0) } });
    }
    return slug;
  }

  test.each(cases.filter(({ kind, code, file }) => kind === "signature" && code !== null && !TIMED.has(file)))("$file: $code", async ({ file, code, certificates = [], data = "data.yaml" }) => {
    const slug = await publisherWithKeys(certificates);
    const form = publishForm({ publisher: slug, manifest: readVector("signature", data), signature: readVector("signature", file).toString("latin1") });
    const { problems } = await validate(form, `192.0.2.${1 + cases.findIndex((entry) => entry.file === file)}`);
    expect(problems.filter((problem) => problem.code.startsWith("signature.")).map((problem) => [problem.code, problem.severity])).toContainEqual([code, "B"]);
    const vector = (name: string): string => join(import.meta.dirname, "../vectors/signature", name);
    const printed = await kosValidate([vector(data), "--online", "--publisher", slug, "--signature", vector(file)]);
    expect(printed.problems.map((problem) => problem.code).sort()).toEqual(problems.map((problem) => problem.code).sort());
    expect(printed.exit).toBe(1);
  });

  test.each(cases.filter(({ kind, code, file }) => kind === "certificate" && code !== null && !TIMED.has(file)))("$file cannot be registered: $code", async ({ file, code }) => {
    const traces = await countTraces(server.deps);
    const keys = await server.deps.db.signingKey.count();
    const response = await server.request(`/api/v1/publishers/${publisher}/keys`, { method: "POST", body: readVector("signature", file).toString("latin1"), headers: { authorization: `Bearer ${token}`, "content-type": "application/pgp-keys" } });
    const problem = await readProblem(response);
    expect([problem.status, problem.code]).toEqual([422, "key-invalid"]);
    expect(problem.errors?.map((error) => error.code)).toContain(code);
    expect(await server.deps.db.signingKey.count()).toBe(keys);
    expect(await countTraces(server.deps)).toEqual({ ...traces, RateLimit: expect.any(Number) });
  });

  test("a sound manifest with each of the broken signatures is refused by publish and leaves no trace", async () => {
    const slug = await publisherWithKeys(["alice.pub.asc"]);
    const traces = await countTraces(server.deps);
    for (const file of ["other-bytes.sig.asc", "two-packets.sig.asc", "text-mode.sig.asc", "not-armor.sig.asc", "private-key.sig.asc", "good.sig.asc"]) {
      const problem = await readProblem(await sendPublish(server, token, { publisher: slug, manifest: serviceManifest("never-published"), signature: readVector("signature", file).toString("latin1") }));
      expect([problem.status, problem.code], file).toEqual([422, "signature-invalid"]);
      expect(problem.errors?.length, file).toBeGreaterThan(0);
    }
    expect(await countTraces(server.deps)).toEqual(traces);
  });
});
