import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runKos, temporaryFolder } from "./run-kos.ts";
import { problem, serveRegistry, type Answer } from "./serve-registry.ts";

const TOKEN = `kos_${"A".repeat(49)}`;
const code = (over: Record<string, unknown> = {}) => (): Answer => ({ body: { device_code: "long-code", user_code: "BCDF-GHJK", verification_uri: "https://market.example/device", verification_uri_complete: "https://market.example/device?code=BCDF-GHJK", expires_in: 600, interval: 0.05, ...over } });
const refusal = (error: string): Answer => ({ status: 400, body: { error } });
const given: Answer = { body: { access_token: TOKEN, token_type: "bearer", expires_in: 7_776_000, scope: "publish yank read" } };

function inTurn(...answers: Answer[]): () => Answer {
  let at = 0;
  return () => answers[Math.min(at++, answers.length - 1)] ?? { status: 500, body: {} };
}

const credentialsIn = (folder: string) => join(folder, ".config", "kos", "credentials.json");

describe("kos login", { timeout: 60_000 }, () => {
  it("shows the code, waits for the approval, and keeps the token for this user alone", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "POST /api/v1/device/code": code(), "POST /api/v1/device/token": inTurn(refusal("authorization_pending"), { status: 503, body: { title: "Busy" } }, refusal("authorization_pending"), given) });
    const ran = await runKos(["login", "--registry", registry.url], { cwd: folder.path });
    expect(ran.stderr).toContain("Open https://market.example/device and type the code BCDF-GHJK");
    expect([ran.code, ran.stdout.includes("Signed in")]).toEqual([0, true]);
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
    const path = credentialsIn(folder.path);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ registries: { [registry.url]: { token: TOKEN } } });
    expect((statSync(path).mode & 0o777).toString(8)).toBe("600");
    const asked = JSON.parse(registry.seen[0]?.body.toString() ?? "") as { scopes: string[]; client: string };
    expect(asked.scopes).toEqual(["publish", "yank", "read"]);
    expect(asked.client.length).toBeGreaterThan(0);
    expect(JSON.parse(registry.seen[1]?.body.toString() ?? "")).toEqual({ grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: "long-code" });
  });

  it("keeps other registries' tokens, and narrows a file that others could read", async () => {
    using folder = temporaryFolder();
    const path = credentialsIn(folder.path);
    mkdirSync(join(folder.path, ".config", "kos"), { recursive: true });
    writeFileSync(path, JSON.stringify({ note: "kept", registries: { "https://other.example": { token: "kos_other" } } }));
    chmodSync(path, 0o644);
    await using registry = await serveRegistry({ "POST /api/v1/device/code": code(), "POST /api/v1/device/token": () => given });
    const ran = await runKos(["login", "--registry", `${registry.url}/`, "--scopes", "read", "--json"], { cwd: folder.path });
    expect(ran.json()).toMatchObject({ ok: true, registry: registry.url, path });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ note: "kept", registries: { "https://other.example": { token: "kos_other" }, [registry.url]: { token: TOKEN } } });
    expect((statSync(path).mode & 0o777).toString(8)).toBe("600");
  });

  it.each([
    ["access_denied", "it was denied in the browser"],
    ["expired_token", "nobody approved it in time"],
  ])("ends on %s and keeps nothing", async (error, words) => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "POST /api/v1/device/code": code(), "POST /api/v1/device/token": () => refusal(error) });
    const ran = await runKos(["login", "--registry", registry.url], { cwd: folder.path });
    expect([ran.code, ran.stderr.includes(words), existsSync(credentialsIn(folder.path))]).toEqual([4, true, false]);
  });

  it("asks less often when it is told to slow down", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "POST /api/v1/device/code": code(), "POST /api/v1/device/token": inTurn(refusal("slow_down"), given) });
    const before = Date.now();
    const ran = await runKos(["login", "--registry", registry.url], { cwd: folder.path });
    expect([ran.code, Date.now() - before >= 5000]).toEqual([0, true]);
  });

  it("does not touch a credentials file that is none, and asks for nothing that it could not keep", async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, ".config", "kos"), { recursive: true });
    writeFileSync(credentialsIn(folder.path), "not json");
    await using registry = await serveRegistry({ "POST /api/v1/device/code": code(), "POST /api/v1/device/token": () => given });
    const ran = await runKos(["login", "--registry", registry.url], { cwd: folder.path });
    expect([ran.code, readFileSync(credentialsIn(folder.path), "utf8"), registry.seen]).toEqual([2, "not json", []]);
  });
});

describe("kos whoami and kos logout", { timeout: 60_000 }, () => {
  const keep = (folder: string, registry: string) => {
    mkdirSync(join(folder, "x", "kos"), { recursive: true });
    writeFileSync(join(folder, "x", "kos", "credentials.json"), JSON.stringify({ registries: { [registry]: { token: TOKEN } } }));
    return { cwd: folder, env: { XDG_CONFIG_HOME: join(folder, "x"), KOS_REGISTRY: registry } };
  };

  it("whoami uses the kept token, and KOS_TOKEN before it", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "GET /api/v1/account": () => ({ body: { id: "u1", email: "ada@example.org", name: "Ada", roles: ["reviewer"], publishers: [{ slug: "ada", name: "Ada's", role: "owner" }] } }) });
    const place = keep(folder.path, registry.url);
    const ran = await runKos(["whoami"], place);
    expect(ran.stdout).toBe(`ada@example.org (Ada) at ${registry.url}\nroles: reviewer\npublishers: ada (owner)\n`);
    await runKos(["whoami"], { ...place, env: { ...place.env, KOS_TOKEN: "kos_given" } });
    expect(registry.seen.map((request) => request.authorization)).toEqual([`Bearer ${TOKEN}`, "Bearer kos_given"]);
  });

  it("logout revokes the kept token, never the one of KOS_TOKEN, and forgets it", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "POST /api/v1/tokens/revoke-self": () => ({ body: { id: "t1" } }) });
    const place = keep(folder.path, registry.url);
    const ran = await runKos(["logout", "--json"], { ...place, env: { ...place.env, KOS_TOKEN: "kos_given" } });
    expect(ran.json()).toEqual({ ok: true, registry: registry.url, revoked: true });
    expect(registry.seen.map((request) => request.authorization)).toEqual([`Bearer ${TOKEN}`]);
    expect((await runKos(["logout", "--json"], place)).json()).toEqual({ ok: true, registry: registry.url, revoked: false });
    expect(registry.seen).toHaveLength(1);
  });

  it("logout forgets a token that ended, and keeps one that could not be revoked", async () => {
    using folder = temporaryFolder();
    await using registry = await serveRegistry({ "POST /api/v1/tokens/revoke-self": inTurn({ status: 503, body: { title: "Busy" } }, problem(401, "token-invalid", "The token is unknown.")) });
    const place = keep(folder.path, registry.url);
    expect((await runKos(["logout"], place)).code).toBe(3);
    expect(readFileSync(join(folder.path, "x", "kos", "credentials.json"), "utf8")).toContain(TOKEN);
    expect((await runKos(["logout", "--json"], place)).json()).toMatchObject({ revoked: false });
    expect(readFileSync(join(folder.path, "x", "kos", "credentials.json"), "utf8")).not.toContain(TOKEN);
  });
});
