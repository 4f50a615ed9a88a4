import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { freePort } from "#scripts/embedded-postgres.ts";
import { prepareBuild, prepareClient } from "#scripts/prepare-build.ts";
import { startNginx, type NginxServer } from "./nginx-server.ts";
import { startS3Server, type S3Server } from "./s3-server.ts";
import { startTestPostgres, systemPostgres, type TestPostgres } from "./test-postgres.ts";

const root = join(import.meta.dirname, "../..");

export interface TopologyOptions {
  /** Web processes; two. */
  webs?: number;
  /** One, unless false. */
  worker?: boolean;
  /** The machine's own Postgres where there is one, else the one that ships in npm packages. */
  postgres?: "system" | "embedded";
  /** A real S3 server unless `embedded`: files that all processes share. */
  store?: "s3" | "embedded";
  /** nginx with the committed configuration, unless false. */
  proxy?: boolean;
  policy?: "solo" | "team";
  /** For web and worker. */
  environment?: Record<string, string>;
}

/** A process of ours that can be ended and started again at the same address. */
export interface Part {
  name: string;
  /** Null for the worker. */
  url: string | null;
  pid: () => number;
  /** SIGTERM, and waits until it has ended. */
  stop: () => Promise<void>;
  kill: () => Promise<void>;
  /** Resolves when it serves. */
  start: () => Promise<void>;
  /** SIGSTOP: its port accepts, nothing answers. */
  pause: () => void;
  resume: () => void;
  /** What it printed last. */
  tail: () => string;
}

export interface Topology {
  /** Where everybody comes in: nginx, or without it the first web process. */
  url: string;
  /** Origin of presigned addresses; null with the embedded store. */
  storeUrl: string | null;
  /** The same database, store and queue as the processes', for arranging and for looking behind the answers. */
  deps: Deps;
  webs: Part[];
  worker: Part | null;
  postgres: TestPostgres;
  /** Orders to the S3 gateway; its objects stay. Null with the embedded store. */
  store: NonNullable<S3Server["gateway"]> | null;
  proxy: NginxServer | null;
  environment: Record<string, string>;
  /** A request to `url`; redirects are answers, not followed. */
  request: (path: string, init?: RequestInit) => Promise<Response>;
  /** Ends everything and removes its data. */
  stop: () => Promise<void>;
}

/**
 * The registry as an operator runs it on several machines, on loopback: Postgres, an S3 server, web processes, a worker,
 * nginx in front. Needs no vitest: tests, drills and benchmarks share it. Everything ends with the calling process.
 */
export async function startTopology(options: TopologyOptions = {}): Promise<Topology> {
  await prepareClient();
  if (!existsSync(join(root, ".next", "BUILD_ID"))) await prepareBuild((line) => process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(join(tmpdir(), "kos-topology-"));
  const undo: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await assemble(options, folder, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(options: TopologyOptions, folder: string, undo: (() => Promise<void>)[]): Promise<Omit<Topology, "stop">> {
  const postgres = await startTestPostgres(options.postgres ?? (systemPostgres() === undefined ? "embedded" : "system"));
  undo.push(postgres.remove);
  const s3 = options.store === "embedded" ? null : await startS3Server();
  if (s3 !== null) undo.push(s3.stop);
  const proxied = options.proxy !== false;
  const [port, storePort, ...webPorts] = await freePorts(2 + (options.webs ?? 2));
  const url = `http://localhost:${proxied ? port : webPorts[0]}`;
  const storeUrl = s3 === null ? null : proxied ? `http://localhost:${storePort}` : s3.endpoint;
  const environment = { ...environmentOf({ url, storeUrl, postgres, s3, dataDir: machineFolder(folder, "prepare") }), ...options.environment, KOS_POLICY: options.policy ?? "solo" };
  await runOnce("scripts/prepare-database.ts", environment);
  const part = async (name: string, script: string, webPort: number | null): Promise<Part> => {
    const made = managedPart(name, script, webPort, { ...environment, KOS_DATA_DIR: machineFolder(folder, name), ...(webPort === null ? {} : { PORT: String(webPort) }) });
    undo.push(made.kill);
    await made.start();
    return made;
  };
  const worker = options.worker === false ? null : await part("worker", "worker/main.ts", null);
  const webs: Part[] = [];
  for (const [index, webPort] of webPorts.entries()) webs.push(await part(`web-${index + 1}`, "server.ts", webPort));
  const proxy = proxied ? await startNginx({ port: port ?? 0, webs: webPorts, storePort: storePort ?? 0, store: s3?.endpoint ?? null }) : null;
  if (proxy !== null) undo.push(proxy.remove);
  const deps = await openRuntime(readConfig(environment), "client", []);
  undo.push(async () => {
    await deps.queue.stop().catch(() => undefined);
    await deps.db.$disconnect();
  });
  const request = (path: string, init: RequestInit = {}) => fetch(new URL(path, url), { redirect: "manual", ...init });
  return { url, storeUrl, deps, webs, worker, postgres, store: s3?.gateway ?? null, proxy, environment, request };
}

function environmentOf(input: { url: string; storeUrl: string | null; postgres: TestPostgres; s3: S3Server | null; dataDir: string }): Record<string, string> {
  const store: Record<string, string> = input.s3 === null ? {} : { S3_ENDPOINT: input.s3.endpoint, S3_PUBLIC_ENDPOINT: input.storeUrl ?? "", S3_BUCKET: `kos-${randomBytes(6).toString("hex")}`, S3_REGION: input.s3.region, S3_ACCESS_KEY_ID: input.s3.accessKeyId, S3_SECRET_ACCESS_KEY: input.s3.secretAccessKey, S3_FORCE_PATH_STYLE: "true" };
  return { ...store, PUBLIC_URL: input.url, DATABASE_URL: input.postgres.url, AUTH_SECRET: "topology-tests-auth-secret-0123456789", KOS_KEY_SECRET: "topology-tests-key-secret", KOS_DATA_DIR: input.dataDir, LOG_LEVEL: "warn", TRUSTED_PROXIES: "127.0.0.1,::1", KOS_DRAIN_SECONDS: "2" };
}

/** Each process has a data folder of its own, as on a machine of its own; only the keys are shared, and the embedded store's files. */
function machineFolder(folder: string, name: string): string {
  const own = join(folder, name);
  mkdirSync(own);
  for (const shared of ["keys", "objects"]) {
    mkdirSync(join(folder, "shared", shared), { recursive: true, mode: 0o700 });
    symlinkSync(join(folder, "shared", shared), join(own, shared));
  }
  return own;
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

function inherited(environment: Record<string, string>): NodeJS.ProcessEnv {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...own } = process.env;
  return { ...own, ...environment, NODE_ENV: "production" };
}

function forkScript(script: string, environment: Record<string, string>): { child: ChildProcess; tail: () => string } {
  const child = fork(join(root, script), [], { cwd: root, stdio: ["ignore", "pipe", "pipe", "ipc"], env: inherited(environment), execArgv: ["--disable-warning=ExperimentalWarning"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-20_000);
      if (process.env["KOS_TEST_VERBOSE"] === "1") process.stderr.write(text);
    });
  }
  return { child, tail: () => output };
}

async function runOnce(script: string, environment: Record<string, string>): Promise<void> {
  const { child, tail } = forkScript(script, environment);
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${tail()}`);
}

function managedPart(name: string, script: string, port: number | null, environment: Record<string, string>): Part {
  let running: { child: ChildProcess; tail: () => string } | null = null;
  const hasEnded = () => running === null || running.child.exitCode !== null || running.child.signalCode !== null;
  const end = async (signal: NodeJS.Signals) => {
    const child = running?.child;
    if (child === undefined || hasEnded()) return;
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGCONT");
    child.kill(signal);
    await ended;
  };
  const start = () => {
    const { child, tail } = (running = forkScript(script, environment));
    return new Promise<void>((resolve, reject) => {
      child.on("message", (message: { ready?: boolean }) => message.ready === true && resolve());
      child.on("exit", (code, signal) => reject(new Error(`${name} ended (${code ?? signal}):\n${tail()}`)));
    });
  };
  const send = (signal: NodeJS.Signals) => void running?.child.kill(signal);
  return { name, url: port === null ? null : `http://127.0.0.1:${port}`, pid: () => running?.child.pid ?? 0, stop: () => end("SIGTERM"), kill: () => end("SIGKILL"), start, pause: () => send("SIGSTOP"), resume: () => send("SIGCONT"), tail: () => running?.tail() ?? "" };
}
