import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyDetached } from "@kosmarket/kit";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pluginFiles, runKos, serviceYaml, temporaryFolder, writeFiles } from "./run-kos.ts";
import { problem, serveRegistry, type Answer } from "./serve-registry.ts";

const check = (id: string, status: string, findings: readonly Record<string, unknown>[] = []) => ({ id, title: `Check ${id}`, severity: "B", status, lookedAt: "everything", startedAt: null, finishedAt: null, findings });
const finding = (over: Record<string, unknown> = {}) => ({ code: "package.secret", severity: "B", check: "secrets", file: "main.ts", line: 3, column: 9, pointer: null, detail: "A key stands here.", suggestion: "Remove it.", ...over });
const submission = (state: string, over: Record<string, unknown> = {}) => ({ id: "s1", state, stateVersion: 1, listing: "tide-table", version: "1.2.0", position: null, queueAgeSeconds: null, checks: [], decisions: [], next: "The registry works.", url: "/submissions/s1", ...over });
const accepted = (): Answer => ({ status: 202, body: { submission: { id: "s1", state: "submitted", listing: "tide-table", version: "1.2.0", url: "/submissions/s1" } } });

/** Answers one state after the other, and stays with the last. */
function inTurn(...answers: Answer[]): () => Answer {
  let at = 0;
  return () => answers[Math.min(at++, answers.length - 1)] ?? { status: 500, body: {} };
}

describe("kos publish", { timeout: 60_000 }, () => {
  it("packs, signs, uploads with the token, and follows the checks until a person is next", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFiles(join(cwd, "tide"), pluginFiles());
    await runKos(["keygen", "--name", "Ada", "--email", "ada@example.org", "--out", "k"], { cwd });
    await using registry = await serveRegistry({
      "POST /api/v1/publish": accepted,
      "GET /api/v1/submissions/s1": inTurn(
        { body: submission("checking", { checks: [check("manifest", "passed"), check("names", "running")] }) },
        { status: 503, type: "application/problem+json", body: { title: "Busy", status: 503, detail: "Soon again.", code: "unavailable" } },
        { body: submission("checking", { checks: [check("manifest", "passed"), check("names", "warned", [finding({ severity: "W" })])] }) },
        { body: submission("in_review", { position: 3, queueAgeSeconds: 7200, next: "A reviewer reads it.", checks: [check("manifest", "passed"), check("names", "warned", [finding({ severity: "W" })])] }) },
      ),
    });
    const ran = await runKos(["publish", "tide", "--publisher", "ada", "--key", "k/private.asc", "--registry", `${registry.url}/`], { cwd, env: { KOS_TOKEN: "kos_secret" } });
    expect(ran.code).toBe(0);
    expect(ran.stdout.match(/Check manifest/g)).toHaveLength(1);
    expect(ran.stdout).toMatch(/^passed +Check manifest\nwarned +Check names\n {2}main\.ts:3:9 W package\.secret A key stands here\.\n/m);
    expect(ran.stdout).toContain("tide-table 1.2.0 is in_review\nplace 3 in the review queue, whose oldest entry has waited 2 h\nA reviewer reads it.\n");
    expect(ran.stdout).toContain(`${registry.url}/submissions/s1`);
    expect(registry.seen.map((request) => request.authorization)).toEqual(registry.seen.map(() => "Bearer kos_secret"));
    const upload = registry.seen[0];
    expect(upload?.contentLength).toBe(upload?.body.length);
    const form = await upload?.form();
    const sent = form?.get("package") as File;
    expect({ publisher: form?.get("publisher"), name: sent.name }).toEqual({ publisher: "ada", name: "tide-table-1.2.0.zip" });
    const signature = await (form?.get("signature") as File).text();
    expect(signature).not.toContain("\r");
    const verdict = await verifyDetached({ data: await sent.bytes(), signature, certificates: [readFileSync(join(cwd, "k", "public.asc"), "utf8")], receivedAt: new Date() });
    expect(verdict.ok).toBe(true);
  });

  it("prints one JSON object with the artifact and the submission as it ended", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "services.yaml"), `services:\n${serviceYaml("east", "1.0.0")}`);
    await using registry = await serveRegistry({ "POST /api/v1/publish": accepted, "GET /api/v1/submissions/s1": inTurn({ body: submission("published") }) });
    const ran = await runKos(["publish", "services.yaml", "--publisher", "ada", "--json"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" } });
    const bytes = readFileSync(join(folder.path, "services.yaml"));
    expect(ran.json()).toMatchObject({ ok: true, artifact: { sha256: createHash("sha256").update(bytes).digest("hex"), signed: false }, submission: { id: "s1", state: "published" } });
    const form = await registry.seen[0]?.form();
    expect(Buffer.from(await (form?.get("manifest") as File).bytes()).equals(bytes)).toBe(true);
    expect(form?.has("signature")).toBe(false);
    expect(ran.stderr).toContain("Unsigned");
  });

  it("takes no publisher from a registry that would lead to another folder of keys", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    await using registry = await serveRegistry({
      "POST /api/v1/trusted-publishing/exchange": () => ({ status: 201, body: { token: "kos_x", publisher: "../market.example/ada", identity: { repository: "a/b", workflow: "release.yml" } } }),
      "POST /api/v1/publish": accepted,
    });
    const ran = await runKos(["publish", ".", "--registry", registry.url, "--no-wait"], { cwd: folder.path, env: { KOS_ID_TOKEN: "t" } });
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain("not what a kOS registry sends");
    expect(registry.seen.map((request) => request.path)).toEqual(["/api/v1/trusted-publishing/exchange"]);
  });

  it("exits 1 when the checks send the submission back", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    await using registry = await serveRegistry({ "POST /api/v1/publish": accepted, "GET /api/v1/submissions/s1": inTurn({ body: submission("needs_changes", { checks: [check("secrets", "failed", [finding()])] }) }) });
    const ran = await runKos(["publish", ".", "--publisher", "ada", "--registry", registry.url, "--token", "t"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("main.ts:3:9 B package.secret A key stands here.\n      Remove it.");
  });

  it("returns at once with --no-wait", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    await using registry = await serveRegistry({ "POST /api/v1/publish": accepted });
    const ran = await runKos(["publish", ".", "--publisher", "ada", "--no-wait", "--json"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" } });
    expect({ code: ran.code, json: ran.json() }).toMatchObject({ code: 0, json: { ok: true, submission: { id: "s1", state: "submitted" } } });
    expect(registry.seen).toHaveLength(1);
  });

  it("shows every fault of a refusal with its place, and exits 4", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    const errors = [finding(), finding({ code: "signature.unknown-key", file: null, line: null, column: null, detail: "No such key.\u001b[2J", suggestion: null })];
    await using registry = await serveRegistry({ "POST /api/v1/publish": () => problem(422, "package-invalid", "Two faults.", errors) });
    const env = { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" };
    const human = await runKos(["publish", ".", "--publisher", "ada"], { cwd: folder.path, env });
    expect(human.code).toBe(4);
    expect(human.stderr).toContain("main.ts:3:9 B package.secret A key stands here.");
    expect(human.stderr).toContain("- B signature.unknown-key No such key.\\u{1b}[2J");
    const machine = await runKos(["publish", ".", "--publisher", "ada", "--json"], { cwd: folder.path, env });
    expect(machine.json()).toMatchObject({ ok: false, error: { code: "registry-refused", answer: { status: 422, code: "package-invalid", requestId: "req-1" } }, problems: errors });
  });

  it("hands on where an open submission of the same version stands", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    await using registry = await serveRegistry({ "POST /api/v1/publish": () => problem(409, "submission-open", "A submission is open.", [], { url: "/submissions/s0" }) });
    const ran = await runKos(["publish", ".", "--publisher", "ada", "--json"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" } });
    expect({ code: ran.code, json: ran.json() }).toMatchObject({ code: 4, json: { error: { answer: { status: 409, url: "/submissions/s0" } } } });
  });

  it("sends nothing that blocks, nothing without a token, and no bare plugin manifest", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFiles(join(cwd, "bad"), pluginFiles({ "main.ts": null }));
    writeFiles(join(cwd, "good"), pluginFiles());
    writeFileSync(join(cwd, "two.yaml"), `services:\n${serviceYaml("east", "1.0.0")}${serviceYaml("west", "1.0.0")}`);
    await using registry = await serveRegistry({ "POST /api/v1/publish": accepted });
    const env = { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" };
    const publish = (path: string, environment: Record<string, string>) => runKos(["publish", path, "--publisher", "ada"], { cwd, env: environment });
    expect((await publish("bad", env)).code).toBe(1);
    expect((await publish("two.yaml", env)).code).toBe(1);
    expect((await publish("good/plugin.yaml", env)).code).toBe(2);
    const tokenless = await publish("good", { KOS_REGISTRY: registry.url });
    expect(tokenless.code).toBe(2);
    expect(tokenless.stderr).toContain(`there is no token for ${registry.url}`);
    expect(registry.seen).toEqual([]);
  });

  it("finds the token of the very registry in the credentials file", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "tide"), pluginFiles());
    await using registry = await serveRegistry({ "POST /api/v1/publish": accepted });
    mkdirSync(join(folder.path, ".config", "kos"), { recursive: true });
    writeFileSync(join(folder.path, ".config", "kos", "credentials.json"), JSON.stringify({ registries: { "https://other.example": { token: "kos_other" }, [registry.url]: { token: "kos_mine" } } }));
    const ran = await runKos(["publish", "tide", "--publisher", "ada", "--no-wait"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url } });
    expect(ran.code).toBe(0);
    expect(registry.seen[0]?.authorization).toBe("Bearer kos_mine");
  });

  it("does not carry the token to where a redirect points", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    await using elsewhere = await serveRegistry({ "POST /api/v1/publish": accepted });
    await using registry = await serveRegistry({ "POST /api/v1/publish": () => ({ status: 307, headers: { location: `${elsewhere.url}/api/v1/publish` }, body: "" }) });
    const ran = await runKos(["publish", ".", "--publisher", "ada"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" } });
    expect(ran.code).toBe(3);
    expect(elsewhere.seen).toEqual([]);
  });

  it("tells a registry that is down, and one that fails, by exit code 3", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    const registry = await serveRegistry({ "POST /api/v1/publish": () => problem(500, "internal", "Logged.") });
    const env = { KOS_REGISTRY: registry.url, KOS_TOKEN: "t" };
    const failed = await runKos(["publish", ".", "--publisher", "ada", "--json"], { cwd: folder.path, env });
    await registry[Symbol.asyncDispose]();
    const down = await runKos(["publish", ".", "--publisher", "ada", "--json"], { cwd: folder.path, env });
    expect([failed, down].map((ran) => [ran.code, (ran.json().error as { code: string }).code])).toEqual([[3, "registry-failed"], [3, "registry-unreachable"]]);
  });
});

describe("kos status", { timeout: 60_000 }, () => {
  it("shows a submission once, with what was decided", async () => {
    using folder = temporaryFolder();
    const rejected = submission("rejected", { next: "You may appeal.", decisions: [{ decision: "reject", reason: "It calls home.", decider: "Grace", note: null }], checks: [check("manifest", "passed")] });
    await using registry = await serveRegistry({ "GET /api/v1/submissions/s1": inTurn({ body: rejected }) });
    const ran = await runKos(["status", "s1", "--registry", registry.url], { cwd: folder.path, env: { KOS_TOKEN: "t" } });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^passed +Check manifest\ntide-table 1\.2\.0 is rejected\nreject by Grace: It calls home\.\nYou may appeal\.\n/);
    expect(registry.seen).toHaveLength(1);
  });

  it("stays with --watch until the submission has ended", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "GET /api/v1/submissions/s1": inTurn({ body: submission("in_review", { position: 1 }) }, { body: submission("approved") }, { body: submission("published", { next: "It is in the feed." }) }) });
    const ran = await runKos(["status", "s1", "--watch", "--json"], { cwd: folder.path, env: { KOS_TOKEN: "t", KOS_REGISTRY: registry.url } });
    expect({ code: ran.code, json: ran.json() }).toMatchObject({ code: 0, json: { ok: true, submission: { state: "published" } } });
    expect(registry.seen).toHaveLength(3);
  });

  it("says of a submission that is not ours what the registry says, with exit code 4", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({});
    const ran = await runKos(["status", "s9", "--json"], { cwd: folder.path, env: { KOS_TOKEN: "t", KOS_REGISTRY: registry.url } });
    expect({ code: ran.code, json: ran.json() }).toMatchObject({ code: 4, json: { ok: false, error: { answer: { status: 404, code: "not-found" } } } });
  });
});
