import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const UNPACK = join(import.meta.dirname, "unpack-debian.sh");
const CACHE = join(root, ".cache", "compose");
const PROGRAM = "usr/libexec/docker/cli-plugins/docker-compose";

/** What Compose makes of a file: anchors merged, variables filled in, short forms written out. */
export interface ComposeProject {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
}

export interface ComposeService {
  image: string;
  build?: unknown;
  command: string[] | null;
  entrypoint: string[] | null;
  environment?: Record<string, string | null>;
  healthcheck?: { disable?: boolean; test?: string[] };
  logging?: { driver: string; options: Record<string, string> };
  ports?: { published: string; target: number }[];
  read_only?: boolean;
  restart?: string;
  user?: string;
  volumes?: { type: string; source?: string; target: string }[];
}

/**
 * Reads a compose file as Compose itself does, without a container engine: its own parser, schema and references, every
 * profile included. Compose comes from Debian's packages, once, into `.cache/compose` (70 MB).
 *
 * @throws Error with Compose's own words when the file is wrong, or with what the machine lacks to fetch it.
 */
export async function readCompose(file: string, variables: Record<string, string>): Promise<ComposeProject> {
  await install();
  const folder = mkdtempSync(join(tmpdir(), "kos-compose-"));
  try {
    const env = join(folder, "variables");
    writeFileSync(env, Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`).join(""));
    const args = ["run", CACHE, PROGRAM, "--project-directory", root, "--file", file, "--env-file", env, "--profile", "*", "config", "--format", "json"];
    const { stdout } = await run("bash", [UNPACK, ...args], { maxBuffer: 2 ** 24, env: { PATH: process.env["PATH"], HOME: folder } as unknown as NodeJS.ProcessEnv });
    return JSON.parse(stdout) as ComposeProject;
  } catch (error) {
    throw new Error((error as { stderr?: string }).stderr?.trim() || String(error), { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function install(): Promise<void> {
  try {
    await run("bash", [UNPACK, "install", CACHE, PROGRAM, "sid testing stable", "docker-compose"], { timeout: 10 * 60_000 });
  } catch (error) {
    throw new Error(`the compose file cannot be checked here: ${(error as { stderr?: string }).stderr?.trim() || String(error)}`, { cause: error });
  }
}
