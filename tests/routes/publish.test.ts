import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { LIMITS } from "#lib/http/index.ts";
import { yankVersion } from "#lib/publishing/index.ts";
import { addMember, makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { packPlugin, serviceManifest } from "#tests/support/packages.ts";
import { publishForm, readProblem, sendPublish, type FormInput } from "#tests/support/publish-form.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";

interface Submission {
  id: string;
  state: string;
  stateVersion: number;
  listing: string;
  version: string;
  url: string;
  checks: { id: string; status: string; findings: { code: string; severity: string }[] }[];
  signer: { by: string; fingerprint: string };
}

let server: TestServer;
let owner: Principal;
let token: string;
let review: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await makePerson(server.deps);
  token = await makeToken(server.deps, owner, ["publish", "read", "yank"]);
  review = await makeToken(server.deps, await makePerson(server.deps, ["reviewer"]), ["read", "review:decide"]);
}, 120_000);
afterAll(() => server.stop());

const freshPublisher = () => makePublisher(server.deps, owner);
const read = async (path: string, bearer = token) => await server.request(path, { headers: { authorization: `Bearer ${bearer}` } });
const submissionOf = async (id: string) => (await (await read(`/api/v1/submissions/${id}`)).json()) as Submission;

async function publish(input: FormInput): Promise<Submission> {
  const response = await sendPublish(server, token, input);
  const text = await response.text();
  if (response.status !== 202) throw new Error(`${response.status}: ${text}`);
  return (JSON.parse(text) as { submission: Submission }).submission;
}

const afterChecks = (id: string) => waitFor(`the checks of ${id}`, async () => {
  const submission = await submissionOf(id);
  return submission.state === "checking" ? undefined : submission;
});

async function decide(id: string, decision: string): Promise<Submission> {
  const { stateVersion } = await afterChecks(id);
  const response = await server.request(`/api/v1/submissions/${id}/decisions`, { method: "POST", headers: { authorization: `Bearer ${review}`, "content-type": "application/json" }, body: JSON.stringify({ decision, reason: "Read it.", stateVersion }) });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text) as Submission;
}

/** Submissions whose checks or publishing the worker has not finished. */
const unfinished = () => server.deps.db.submission.count({ where: { state: { in: ["submitted", "checking", "approved"] } } });

const published = (id: string) => waitFor(`publishing of ${id}`, async () => ((await submissionOf(id)).state === "published" ? true : undefined));

describe("from upload to feed", () => {
  test.each(["package", "manifest"] as const)("a signed %s: 202, checks, approval, and the feed carries exactly these bytes", async (part) => {
    const publisher = await freshPublisher();
    const id = uniqueName("whole-way");
    const key = await registerKey(server.deps, owner, publisher);
    const bytes = part === "package" ? await packPlugin({ id }) : serviceManifest(id);
    const signature = await key.sign(bytes);
    const submission = await publish({ publisher, [part]: bytes, signature });
    expect(submission).toMatchObject({ listing: id, version: "1.0.0", url: `${server.url}/submissions/${submission.id}` });
    const checked = await afterChecks(submission.id);
    expect(checked.checks.length).toBeGreaterThan(3);
    expect(checked.checks.filter((check) => !["passed", "warned"].includes(check.status))).toEqual([]);
    expect(checked).toMatchObject({ state: "in_review", signer: { by: "publisher", fingerprint: key.fingerprint } });
    expect(await decide(submission.id, "approve")).toMatchObject({ state: expect.stringMatching(/^(approved|published)$/) });
    const entry = await waitFor("the feed's entry", async () => ((await (await server.request("/api/feed.json")).json()) as Record<string, { checksum: string; signature: string }>)[id]);
    expect(entry).toMatchObject({ checksum: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, signature });
    const version = (await (await server.request(`/api/v1/listings/${id}/versions/1.0.0`)).json()) as Record<string, unknown>;
    expect(version).toMatchObject({ signer: "publisher", fingerprint: key.fingerprint });
  });

  test("the signature may come as a file part", async () => {
    const publisher = await freshPublisher();
    const key = await registerKey(server.deps, owner, publisher);
    const bytes = serviceManifest(uniqueName("as-file"));
    const form = publishForm({ publisher, manifest: bytes });
    form.set("signature", new Blob([await key.sign(bytes)]), "services.yaml.asc");
    const response = await server.request("/api/v1/publish", { method: "POST", body: form, headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(202);
  });

  test("a browser's session may publish too", async () => {
    const response = await server.request("/api/v1/publish", { method: "POST", body: publishForm({ publisher: await freshPublisher(), manifest: serviceManifest(uniqueName("browser")) }), headers: { cookie: await makeSessionCookie(server.deps, owner), origin: server.url } });
    expect(response.status).toBe(202);
  });
});

describe("a refused publish says why and leaves no trace", () => {
  let publisher: string;
  beforeAll(async () => {
    publisher = await freshPublisher();
    await waitFor("the worker to rest", async () => ((await unfinished()) === 0 ? true : undefined));
  });

  async function refusal(response: Promise<Response>) {
    const problem = await readProblem(await response);
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(problem.type).toBe(`/docs/errors#${problem.code}`);
    return [problem.status, problem.code, problem.errors?.map((error) => error.code) ?? []] as const;
  }

  const send = (body: BodyInit, headers: Record<string, string> = {}) => server.request("/api/v1/publish", { method: "POST", body, headers: { authorization: `Bearer ${token}`, ...headers } });
  const twoFiles = () => {
    const form = publishForm({ publisher, manifest: serviceManifest("two-files") });
    form.set("package", new Blob(["x"]), "x.zip");
    return form;
  };
  const unknownPart = () => {
    const form = publishForm({ publisher, manifest: serviceManifest("unknown-part") });
    form.set("extra", new Blob(["x"]), "x.bin");
    return form;
  };
  const multipart = (lines: string[]) => send(lines.join("\r\n"), { "content-type": "multipart/form-data; boundary=XX" });

  test.each([
    ["no token", () => server.request("/api/v1/publish", { method: "POST", body: publishForm({ publisher, manifest: serviceManifest("x") }) }), 401, "unauthenticated"],
    ["a token that is none", () => send(publishForm({ publisher, manifest: serviceManifest("x") }), { authorization: "Bearer kos_wrong" }), 401, "token-invalid"],
    ["another site's form", async () => server.request("/api/v1/publish", { method: "POST", body: publishForm({ publisher, manifest: serviceManifest("x") }), headers: { cookie: await makeSessionCookie(server.deps, owner), origin: "https://evil.example" } }), 403, "wrong-origin"],
    ["no publisher", () => send(publishForm({ manifest: serviceManifest("x-y") })), 400, "invalid-upload"],
    ["a publisher that does not exist", () => send(publishForm({ publisher: "nobody-here", manifest: serviceManifest("x-y") })), 403, "forbidden"],
    ["no file", () => send(publishForm({ publisher })), 400, "invalid-upload"],
    ["two files", () => send(twoFiles()), 400, "invalid-upload"],
    ["an unknown file part", () => send(unknownPart()), 400, "invalid-upload"],
    ["another content type", () => send("id: x", { "content-type": "application/yaml" }), 415, "unsupported-media"],
    ["JSON", () => send("{}", { "content-type": "application/json" }), 415, "unsupported-media"],
    ["no boundary", () => send("x", { "content-type": "multipart/form-data" }), 415, "unsupported-media"],
    ["an empty boundary", () => send("x", { "content-type": "multipart/form-data; boundary=" }), 400, "invalid-upload"],
    ["a form that ends in the middle", () => multipart(["--XX", 'content-disposition: form-data; name="manifest"; filename="a.yaml"', "", "services:"]), 400, "invalid-upload"],
    ["no form at all", () => multipart(["hello"]), 400, "invalid-upload"],
    ["twenty fields", () => multipart([...Array.from({ length: 20 }, (_none, at) => `--XX\r\ncontent-disposition: form-data; name="f${at}"\r\n\r\nx`), "--XX--", ""]), 400, "invalid-upload"],
    ["a signature of 21 KB", () => send(publishForm({ publisher, manifest: serviceManifest("x-y"), signature: "x".repeat(21_000) })), 400, "invalid-upload"],
    ["an empty package", () => send(publishForm({ publisher, package: new Uint8Array() })), 422, "package-invalid"],
    ["an empty manifest", () => send(publishForm({ publisher, manifest: new Uint8Array() })), 422, "manifest-invalid"],
    ["a reserved id", () => send(publishForm({ publisher, manifest: serviceManifest("admin") })), 422, "manifest-invalid"],
    ["a version with build metadata", () => send(publishForm({ publisher, manifest: serviceManifest("x-y", "1.0.0+a") })), 422, "manifest-invalid"],
    ["no signing key", () => send(publishForm({ publisher, manifest: serviceManifest("x-y"), signature: "-----BEGIN PGP SIGNATURE-----\n" })), 422, "signature-invalid"],
    ["a bare plugin.yaml", () => send(publishForm({ publisher, manifest: new TextEncoder().encode("id: bare\nname: Bare\nentrypoint: main.ts\nversion: 1.0.0\npermissions: []\n") })), 422, "manifest-invalid"],
    ["two services", () => send(publishForm({ publisher, manifest: Buffer.concat([serviceManifest("one-of-two"), serviceManifest("two-of-two").subarray("services:\n".length)]) })), 422, "manifest-invalid"],
  ])("%s", async (_what, request, status, code) => {
    const before = await countTraces(server.deps);
    expect((await refusal(request())).slice(0, 2)).toEqual([status, code]);
    const after = await countTraces(server.deps);
    // The session that the cookie needs was opened by the test itself.
    expect({ ...after, AuditEvent: 0 }).toEqual({ ...before, AuditEvent: 0 });
    expect((after["AuditEvent"] ?? 0) - (before["AuditEvent"] ?? 0)).toBe(code === "wrong-origin" ? 1 : 0);
  });

  test("every fault of a manifest in one answer, each with its place", async () => {
    const faulty = "services:\n  - id: Many Faults\n    name: Many\n    type: llm\n    provider: p\n    endpoint: https://e.example\n    auth:\n      type: magic\n    capabilities: [teleport]\n    colour: red\n    version: v1\n";
    const problem = await readProblem(await send(publishForm({ publisher, manifest: new TextEncoder().encode(faulty) })));
    expect(problem.errors?.length).toBeGreaterThanOrEqual(5);
    expect(problem.errors?.map((error) => error.line)).toEqual(expect.arrayContaining([2, 8, 9, 10, 11]));
    for (const error of problem.errors ?? []) expect(error).toMatchObject({ severity: "B", line: expect.any(Number), column: expect.any(Number) });
  });

  test.each([["viewer", 403], ["maintainer", 202]] as const)("as %s of the publisher: %s", async (role, status) => {
    const slug = await freshPublisher();
    const person = await makePerson(server.deps);
    await addMember(server.deps, owner, slug, person, role);
    const response = await sendPublish(server, await makeToken(server.deps, person, ["publish"]), { publisher: slug, manifest: serviceManifest(uniqueName("by-role")) });
    await response.arrayBuffer();
    expect(response.status).toBe(status);
  });

  test("more than 50 MiB, announced or not, is refused as too large", async () => {
    await waitFor("the worker to rest", async () => ((await unfinished()) === 0 ? true : undefined));
    const before = await countTraces(server.deps);
    const announced = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(new URL("/api/v1/publish", server.url), { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=XX", "content-length": 54_000_000 } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      sent.on("error", reject);
      sent.write("--XX\r\n");
    });
    expect(announced).toBe(413);
    const large = new Blob(["--XX\r\ncontent-disposition: form-data; name=\"package\"; filename=\"a.zip\"\r\n\r\n", new Uint8Array(52_428_801), "\r\n--XX--\r\n"]);
    const response = await server.request("/api/v1/publish", { method: "POST", body: large, headers: { authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=XX" } });
    expect(await readProblem(response)).toMatchObject({ status: 413, code: "too-large" });
    expect(await countTraces(server.deps)).toEqual(before);
  });

  test("an upload that breaks off leaves no trace and no broken server", async () => {
    await waitFor("the worker to rest", async () => ((await unfinished()) === 0 ? true : undefined));
    const before = await countTraces(server.deps);
    await new Promise<void>((resolve) => {
      const sent = httpRequest(new URL("/api/v1/publish", server.url), { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=XX", "content-length": 10_000 } });
      sent.on("error", () => resolve()).on("close", () => resolve());
      sent.write('--XX\r\ncontent-disposition: form-data; name="package"; filename="a.zip"\r\n\r\nPK', () => sent.destroy());
    });
    expect((await server.request("/healthz")).status).toBe(200);
    expect(await countTraces(server.deps)).toEqual(before);
  });
});

describe("one version, one submission", () => {
  test("of fifty equal publishes at once one gets 202 and the others 409", { timeout: 120_000 }, async () => {
    const publisher = await freshPublisher();
    const manifest = serviceManifest(uniqueName("fifty"));
    const before = await countTraces(server.deps);
    const answers = await Promise.all(Array.from({ length: 50 }, async () => {
      const response = await sendPublish(server, token, { publisher, manifest });
      return { status: response.status, code: ((await response.json()) as { code?: string }).code };
    }));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.filter(({ status, code }) => status === 409 && code === "submission-open")).toHaveLength(49);
    const after = await countTraces(server.deps);
    expect([(after["Submission"] ?? 0) - (before["Submission"] ?? 0), (after["Artifact"] ?? 0) - (before["Artifact"] ?? 0), (after["objects"] ?? 0) - (before["objects"] ?? 0)]).toEqual([1, 1, 1]);
    const { id } = await server.deps.db.publisher.findUniqueOrThrow({ where: { slug: publisher } });
    const limits = await server.deps.db.rateLimit.findMany({ where: { key: { endsWith: `publisher:${id}` } } });
    expect(limits.map(({ key }) => key)).toEqual([`new-listing:publisher:${id}`]);
    expect(limits[0]?.spentUntil.getTime()).toBeLessThanOrEqual(Date.now() + LIMITS["new-listing"].every * 1000);
  });

  test("while it is open the answer names it", async () => {
    const publisher = await freshPublisher();
    const manifest = serviceManifest(uniqueName("open"));
    const first = await publish({ publisher, manifest });
    expect(await readProblem(await sendPublish(server, token, { publisher, manifest }))).toMatchObject({ status: 409, code: "submission-open", submission: first.id, url: first.url });
  });

  test.each(["request_changes", "reject", "withdraw"])("after %s new bytes of the same version may come", async (verb) => {
    const publisher = await freshPublisher();
    const id = uniqueName("again");
    const first = await publish({ publisher, manifest: serviceManifest(id) });
    await afterChecks(first.id);
    if (verb === "withdraw") expect((await server.request(`/api/v1/submissions/${first.id}/withdraw`, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    else await decide(first.id, verb);
    const second = await publish({ publisher, manifest: serviceManifest(id, "1.0.0", "Says it better.") });
    expect(second.id).not.toBe(first.id);
  });

  test("once published, the version is taken for other bytes and for the same, a yank included", async () => {
    const publisher = await freshPublisher();
    const id = uniqueName("for-ever");
    const { bytes } = await publishService(server.deps, { principal: owner, publisher }, id);
    const send = async (manifest: Uint8Array) => (await readProblem(await sendPublish(server, token, { publisher, manifest }))).code;
    expect([await send(bytes), await send(serviceManifest(id, "1.0.0", "Other bytes."))]).toEqual(["version-exists", "version-exists"]);
    await yankVersion(server.deps, { principal: owner, id, version: "1.0.0", reason: "Leaks." });
    expect([await send(bytes), await send(serviceManifest(id, "1.0.0", "Other bytes."))]).toEqual(["version-exists", "version-exists"]);
    expect(await readProblem(await sendPublish(server, token, { publisher, manifest: serviceManifest(id, "0.9.0") }))).toMatchObject({ status: 422, errors: [expect.objectContaining({ code: "version.not-higher" })] });
  });

  test("a newer version takes the place of an undecided one and keeps its age in the queue", async () => {
    const publisher = await freshPublisher();
    const id = uniqueName("newer");
    const first = await publish({ publisher, manifest: serviceManifest(id, "1.0.0") });
    await afterChecks(first.id);
    const second = await publish({ publisher, manifest: serviceManifest(id, "1.0.1") });
    await afterChecks(second.id);
    const rows = await server.deps.db.submission.findMany({ where: { listingSlug: id }, orderBy: { version: "asc" } });
    expect(rows.map((row) => row.state)).toEqual(["superseded", "in_review"]);
    expect(rows[1]).toMatchObject({ queuedAt: rows[0]?.queuedAt, supersedesId: first.id });
    expect(await server.deps.db.decision.count({ where: { submissionId: second.id } })).toBe(0);
  });

  test("a prerelease and a stable version may wait side by side", async () => {
    const publisher = await freshPublisher();
    const id = uniqueName("channels");
    const stable = await publish({ publisher, manifest: serviceManifest(id, "1.0.0") });
    await publish({ publisher, manifest: serviceManifest(id, "1.1.0-beta.1") });
    expect((await afterChecks(stable.id)).state).toBe("in_review");
  });

  test("new listings are limited by publisher, and a refused one costs nothing", async () => {
    const publisher = await freshPublisher();
    for (let count = 0; count < 5; count++) await publish({ publisher, manifest: serviceManifest(uniqueName("burst")) });
    const before = await countTraces(server.deps);
    const response = await sendPublish(server, token, { publisher, manifest: serviceManifest(uniqueName("burst")) });
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await readProblem(response)).toMatchObject({ status: 429, code: "rate-limited" });
    const after = await countTraces(server.deps);
    for (const table of ["Submission", "Artifact", "RateLimit", "objects"]) expect(after[table], table).toBe(before[table]);
  });
});

test("what was published stays published when its submission is decided again", async () => {
  const publisher = await freshPublisher();
  const submission = await publish({ publisher, manifest: serviceManifest(uniqueName("done")) });
  await decide(submission.id, "approve");
  await published(submission.id);
  const { stateVersion } = await submissionOf(submission.id);
  const response = await server.request(`/api/v1/submissions/${submission.id}/decisions`, { method: "POST", headers: { authorization: `Bearer ${review}`, "content-type": "application/json" }, body: JSON.stringify({ decision: "reject", reason: "Changed my mind.", stateVersion }) });
  expect(await readProblem(response)).toMatchObject({ status: 409, code: "move-not-allowed", allowedMoves: [] });
});
