import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/platform/index.ts";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeToken } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { publishForm, readProblem, sendPublish, type ProblemAnswer } from "#tests/support/publish-form.ts";
import { readCorpus, readVector, type SignatureCase } from "#tests/support/read-corpus.ts";
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

describe.each(["yaml", "version"] as const)("the corpus %s, published as a manifest", { timeout: 180_000 }, (family) => {
  beforeAll(async () => void (before = await countTraces(server.deps)));

  test.concurrent.each(readCorpus(family))("$file: $code", async ({ file, code, line, column }) => {
    const problem = await readProblem(await sendPublish(server, token, { publisher, manifest: readVector(family, file) }));
    expect([problem.status, problem.code]).toEqual([422, "manifest-invalid"]);
    expect(problem.errors).toContainEqual(expect.objectContaining({ code, severity: "B", line, column }));
  });

  test("leaves no trace", expectNoTrace);
});

describe("the corpus archive, published as a package", { timeout: 180_000 }, () => {
  const cases = readCorpus("archive");
  beforeAll(async () => void (before = await countTraces(server.deps)));

  test.concurrent.each(cases.filter(({ code }) => code !== null))("$file: $code", async ({ file, code }) => {
    const problem = await readProblem(await sendPublish(server, token, { publisher, package: readVector("archive", file), fileName: file }));
    expect([problem.status, problem.code]).toEqual([422, "package-invalid"]);
    expect(problem.errors?.map((error) => error.code)).toContain(code);
  });

  test("leaves no trace", expectNoTrace);

  test.concurrent.each(cases.filter(({ code }) => code === null))("$file is sound", async ({ file }) => {
    const answer = await validate(publishForm({ package: readVector("archive", file), fileName: file }), `192.0.2.${1 + cases.findIndex((entry) => entry.file === file)}`);
    expect(answer.problems.filter((problem) => problem.severity === "B")).toEqual([]);
  });
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

describe("the corpus accept", () => {
  test.each(["services.yaml", "plugin.yaml", "services-every-field.yaml", "plugin-every-field.yaml"])("%s validates without a blocking problem", async (file) => {
    const { ok, problems } = await validate(publishForm({ manifest: readVector("accept", file), fileName: file }), "192.0.2.200");
    expect(problems.filter((problem) => problem.severity === "B")).toEqual([]);
    expect(ok).toBe(true);
  });
});

test("the corpus is as large as promised", () => {
  for (const [family, least] of [["yaml", 26], ["version", 13], ["archive", 39], ["signature", 20]] as const) expect(readCorpus(family).filter(({ code }) => code !== null).length, family).toBeGreaterThanOrEqual(least);
});
