import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { makeAttestationWorld, type AttestationWorld } from "#tests/support/attestations.ts";
import { githubClaims, startCiIssuer, type CiIssuer, type Claims } from "#tests/support/ci-issuer.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { sendPublish } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { approveAndPublish } from "#tests/support/submissions.ts";
import { runKos } from "../unit/host/run-kos.ts";
import { RULES, type Rule } from "../../app/api/_rules.ts";

let ci: CiIssuer;
let server: TestServer;
let owner: Principal;
let press: string;
let folder: string;
let world: AttestationWorld;
const repository = "tide-works/tide-table";

beforeAll(async () => {
  [ci, world] = await Promise.all([startCiIssuer(), makeAttestationWorld()]);
  folder = mkdtempSync(join(tmpdir(), "kos-root-"));
  writeFileSync(join(folder, "root.json"), world.trustRoot);
  server = await startTestServer({ environment: { TRUSTED_ISSUERS: `github=${ci.url("github")}`, OUTGOING_ALLOW: "127.0.0.1", PROVENANCE_TRUST_ROOT: join(folder, "root.json") } });
  owner = await makePerson(server.deps);
  press = await makePublisher(server.deps, owner);
}, 240_000);
afterAll(async () => {
  await server?.stop();
  await ci?.close();
  rmSync(folder, { recursive: true, force: true });
});

const session = async (person: Principal) => ({ cookie: await makeSessionCookie(server.deps, person), origin: server.url });
const path = () => `/api/v1/publishers/${press}/trusted-workflows`;
const send = async (method: string, address: string, headers: Record<string, string>, json: unknown) => await server.request(address, { method, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(json) });
const trust = async (json: Record<string, unknown> = {}) => await send("POST", path(), await session(owner), { issuer: ci.url("github"), repository, workflow: "release.yml", ...json });
const identity = (changes: Claims = {}, repo = repository) => ci.sign("github", githubClaims(server.url, repo, changes));
const exchange = (token: string) => send("POST", "/api/v1/trusted-publishing/exchange", {}, { token });

/** A CI job's side of GitHub: gives out an identity for the audience that is asked for, to whoever has the job's token. */
async function startJob(changes: Claims = {}, repo = repository): Promise<{ env: Record<string, string>; audiences: string[]; close: () => void }> {
  const audiences: string[] = [];
  const http = createServer((request, response) => {
    const audience = new URL(request.url ?? "/", "http://job").searchParams.get("audience") ?? "";
    audiences.push(audience);
    const allowed = request.headers.authorization === "Bearer job-secret";
    response.writeHead(allowed ? 200 : 401, { "content-type": "application/json" }).end(JSON.stringify(allowed ? { value: ci.sign("github", githubClaims(audience, repo, changes)) } : {}));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return { env: { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}/token?api-version=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "job-secret", CI: "true" }, audiences, close: () => http.close() };
}

async function publishFrom(env: Record<string, string>, id: string, attestation: ((sha256: string) => Promise<string>) | null = null) {
  const cwd = mkdtempSync(join(tmpdir(), "kos-ci-"));
  try {
    const bytes = serviceManifest(id, "1.0.0");
    writeFileSync(join(cwd, "services.yaml"), bytes);
    if (attestation !== null) writeFileSync(join(cwd, "build.sigstore.json"), await attestation(createHash("sha256").update(bytes).digest("hex")));
    return await runKos(["publish", "services.yaml", "--registry", server.url, "--json", ...(attestation === null ? [] : ["--attestation", "build.sigstore.json"])], { cwd, env });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

test("a CI job publishes with `kos publish` alone: no token stored, nobody asked, and the version says which run it was", async () => {
  const id = uniqueName("from-ci");
  const added = await trust({ listing: id });
  expect([added.status, await added.json()]).toMatchObject([201, { repository, listing: id, pending: true, state: "active", lastUsedAt: null }]);
  const job = await startJob();
  const ran = await publishFrom(job.env, id);
  job.close();
  expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining("Publishing as the workflow .github/workflows/release.yml of tide-works/tide-table")]);
  expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/kos_[0-9A-Za-z]{20}/);
  expect(job.audiences).toEqual([server.url]);
  const { submission } = ran.json() as { submission: { id: string; state: string } };
  expect(submission.state).toBe("in_review");
  await approveAndPublish(server.deps, submission.id);
  const version = (await (await server.request(`/api/v1/listings/${id}/versions/1.0.0`)).json()) as { workflow: unknown; ladder: { rung: string; state: string; statement: string }[] };
  expect(version.workflow).toMatchObject({ provider: "github", repository, repositoryId: "7001", workflow: ".github/workflows/release.yml", ref: "refs/heads/main", commit: "3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b" });
  expect(version.ladder.find(({ rung }) => rung === "author")).toMatchObject({ state: "missing", statement: expect.stringContaining("sent by a workflow of tide-works/tide-table") as string });
  const page = await (await server.request(`/listings/${id}`)).text();
  expect(page).toContain("3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b");
});

test("a CI job sends its build's attestation along: it is verified, shown, given out as it came, and named by `kos verify`", async () => {
  const id = uniqueName("attested");
  await trust({ repository: "tide-works/attested" });
  const build = { issuer: ci.url("github"), repository: "https://github.com/tide-works/attested" };
  const job = await startJob({}, "tide-works/attested");
  const forged = await publishFrom(job.env, id, () => world.attest({ ...build, sha256: "a".repeat(64) }));
  expect([forged.code === 0, JSON.stringify(forged.json())]).toEqual([false, expect.stringContaining("attestation.other-subject")]);
  const foreign = await publishFrom(job.env, id, (sha256) => world.attest({ ...build, repositoryId: "1", sha256 }));
  expect(JSON.stringify(foreign.json())).toContain("attestation.other-run");
  let sent = "";
  const ran = await publishFrom(job.env, id, async (sha256) => (sent = await world.attest({ ...build, sha256 })));
  job.close();
  expect([ran.code, ran.stderr]).toEqual([0, expect.any(String)]);
  await approveAndPublish(server.deps, (ran.json() as { submission: { id: string } }).submission.id);
  const version = (await (await server.request(`/api/v1/listings/${id}/versions/1.0.0`)).json()) as { provenance: { attestationUrl: string } };
  expect(version.provenance).toMatchObject({ repository: build.repository, issuer: build.issuer, commit: "3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b" });
  const given = await fetch(version.provenance.attestationUrl);
  expect([given.status, given.headers.get("content-type"), await given.text()]).toEqual([200, "application/vnd.dev.sigstore.bundle.v0.3+json", sent]);
  const verified = await runKos(["verify", `${id}@1.0.0`, "--registry", server.url], { cwd: folder });
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining("built from https://github.com/tide-works/attested at 3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b")]);
  expect((await server.request(`/api/v1/listings/${id}/versions/9.9.9/attestation.json`)).status).toBe(404);
});

test("a job that is not trusted is told why, and stores nothing", async () => {
  const job = await startJob({ event_name: "pull_request" });
  const ran = await publishFrom(job.env, uniqueName("from-fork"));
  job.close();
  expect(ran.code).not.toBe(0);
  expect(ran.json()).toMatchObject({ ok: false });
  expect(JSON.stringify(ran.json())).toContain("workflow.event");
  expect(await server.deps.db.submission.count({ where: { listingSlug: { startsWith: "from-fork" } } })).toBe(0);
});

test("the exchange answers problems with their codes, and is never kept by a cache", async () => {
  const refused = await exchange("nothing");
  expect([refused.status, await refused.json()]).toMatchObject([422, { code: "identity-refused", errors: [{ code: "identity.malformed" }] }]);
  const unknown = await exchange(identity({}, "tide-works/unknown"));
  expect([unknown.status, await unknown.json()]).toMatchObject([403, { code: "workflow-not-trusted", errors: [{ code: "workflow.unknown" }] }]);
  expect((await exchange("x".repeat(20_000))).status).toBe(400);
  await trust({ repository: "tide-works/cached" });
  const good = await exchange(identity({}, "tide-works/cached"));
  expect([good.status, good.headers.get("cache-control")]).toEqual([201, "no-store"]);
});

test("fifty exchanges of one token at two web processes: one token comes out", async () => {
  await trust({ repository: "tide-works/raced" });
  const other = await server.startAnotherWeb();
  const token = identity({}, "tide-works/raced");
  const before = await server.deps.db.apiToken.count();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => fetch(`${at % 2 === 0 ? server.url : other}/api/v1/trusted-publishing/exchange`, { method: "POST", headers: { "content-type": "application/json", "x-forwarded-for": `203.0.113.${at + 10}` }, body: JSON.stringify({ token }) })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 49 }, () => 422)]);
  expect(await server.deps.db.apiToken.count()).toBe(before + 1);
});

test("a workflow's token opens what publishes, and no other address of the table", async () => {
  await trust({ repository: "tide-works/walked" });
  const { token } = (await (await exchange(identity({}, "tide-works/walked"))).json()) as { token: string };
  const doors = Object.entries(RULES as Record<string, Rule>).filter(([, { auth }]) => auth.who !== "anyone");
  const open: string[] = [];
  for (const [name] of doors) {
    const [method = "", pattern = ""] = name.split(" ");
    const address = pattern.replace("{slug}", press).replace("{version}", "1.0.0").replace(/\{\w+\}/g, "01900000-0000-7000-8000-000000000000");
    const response = await server.request(address, { method, headers: { authorization: `Bearer ${token}`, ...(method === "GET" ? {} : { "content-type": "application/json" }) }, ...(method === "GET" ? {} : { body: "{}" }), client: "198.51.100.9" });
    const text = await response.text();
    if (!(response.status === 403 && text.includes("does nothing else"))) open.push(name);
  }
  expect(open.sort()).toEqual(["GET /api/v1/submissions/{id}", "POST /api/v1/publish", "POST /api/v1/uploads", "POST /api/v1/uploads/{id}/complete"]);
  // The owner's other submissions are not the workflow's business.
  const elsewhere = await makePublisher(server.deps, owner);
  const { submission } = (await (await sendPublish(server, await makeToken(server.deps, owner, ["publish", "read"]), { publisher: elsewhere, manifest: serviceManifest(uniqueName("private"), "1.0.0") })).json()) as { submission: { id: string } };
  expect((await server.request(`/api/v1/submissions/${submission.id}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
});


test("removing a workflow ends its tokens at once", async () => {
  const { id } = (await (await trust({ repository: "tide-works/removed" })).json()) as { id: string };
  const { token } = (await (await exchange(identity({}, "tide-works/removed"))).json()) as { token: string };
  const removed = await send("DELETE", `${path()}/${id}`, await session(owner), {});
  expect(removed.status).toBe(200);
  expect(((await removed.json()) as { items: { id: string }[] }).items.some((item) => item.id === id)).toBe(false);
  expect((await sendPublish(server, token, { publisher: press, manifest: serviceManifest(uniqueName("late"), "1.0.0") })).status).toBe(401);
});
