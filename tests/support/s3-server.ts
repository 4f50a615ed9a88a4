import { execFile, spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const SCRIPT = fileURLToPath(new URL("./s3-server.sh", import.meta.url));
const CACHE = resolve(fileURLToPath(new URL("../../.cache/s3-server", import.meta.url)));

/** Ports that one server occupies: the gateway, the monitor and the range the in-memory OSD picks from. */
const PORTS_PER_SERVER = 21;
/** Below what Linux and macOS hand out for outgoing connections, so that none of those takes one of the range. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const INSTALL_TIMEOUT_MS = 15 * 60_000;

type GatewayOrder = "stop" | "start" | "pause" | "resume";

/** A running S3 server. Path-style addresses only. */
export interface S3Server {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Acts on the gateway and leaves the objects: `stop` makes connections be refused, `pause` leaves them unanswered. Null for a server that `S3_TEST_ENDPOINT` names. */
  gateway: Record<GatewayOrder, () => Promise<void>> | null;
  /** Ends the server and removes its data; does nothing to a server that `S3_TEST_ENDPOINT` names. */
  stop(): Promise<void>;
}

/**
 * Brings up a real S3 server for a test, without root, in about two seconds after a first download (about 100 MB,
 * kept in `.cache/s3-server`). Each call starts its own server; all of them end with the process that started them.
 *
 * With `S3_TEST_ENDPOINT` (and `S3_TEST_ACCESS_KEY_ID`, `S3_TEST_SECRET_ACCESS_KEY`, optionally `S3_TEST_REGION`)
 * in the environment, that server is used instead.
 *
 * @throws Error that names what the machine lacks, when the server cannot be installed or started.
 */
export async function startS3Server(): Promise<S3Server> {
  const given = process.env["S3_TEST_ENDPOINT"];
  if (given !== undefined && given !== "") return externalServer(given);
  await install();
  return serve();
}

function externalServer(endpoint: string): S3Server {
  const accessKeyId = process.env["S3_TEST_ACCESS_KEY_ID"];
  const secretAccessKey = process.env["S3_TEST_SECRET_ACCESS_KEY"];
  if (!accessKeyId || !secretAccessKey) {
    throw new Error("S3_TEST_ENDPOINT also needs S3_TEST_ACCESS_KEY_ID and S3_TEST_SECRET_ACCESS_KEY");
  }
  const region = process.env["S3_TEST_REGION"] ?? "us-east-1";
  return { endpoint, region, accessKeyId, secretAccessKey, gateway: null, stop: () => Promise.resolve() };
}

async function install(): Promise<void> {
  try {
    await promisify(execFile)("bash", [SCRIPT, "install", CACHE], { timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    throw unavailable(outputOf(error));
  }
}

async function serve(): Promise<S3Server> {
  const port = await freePortRange();
  const run = await mkdtemp(join(tmpdir(), "s3-server-"));
  const accessKeyId = `test${randomBytes(6).toString("hex")}`;
  const secretAccessKey = randomBytes(24).toString("hex");
  const child = spawn("bash", [SCRIPT, "serve", CACHE, run, String(port)], {
    env: { ...process.env, S3_TEST_ACCESS_KEY_ID: accessKeyId, S3_TEST_SECRET_ACCESS_KEY: secretAccessKey },
  });
  await untilReady(child);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    accessKeyId,
    secretAccessKey,
    gateway: { stop: () => order(child, "stop"), start: () => order(child, "start"), pause: () => order(child, "pause"), resume: () => order(child, "resume") },
    stop: async () => {
      await end(child);
      await rm(run, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((ready, failed) => {
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("ready")) ready();
    });
    child.once("error", (error) => failed(unavailable(error.message)));
    child.once("exit", () => failed(unavailable(errors)));
  });
}

function order(child: ChildProcessWithoutNullStreams, line: GatewayOrder): Promise<void> {
  return new Promise((done, failed) => {
    const ended = () => failed(unavailable(`it ended at the order ${line}`));
    child.once("exit", ended);
    child.stdout.once("data", () => {
      child.off("exit", ended);
      done();
    });
    child.stdin.write(`${line}\n`);
  });
}

/** The script serves until its standard input ends. */
async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.stdin.end();
  await ended;
}

async function freePortRange(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = randomInt(LOWEST_PORT, HIGHEST_PORT - PORTS_PER_SERVER);
    const ports = Array.from({ length: PORTS_PER_SERVER }, (_, offset) => first + offset);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
  throw unavailable(`no ${PORTS_PER_SERVER} neighbouring free ports between ${LOWEST_PORT} and ${HIGHEST_PORT}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once("error", () => answer(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => answer(true)));
  });
}

function outputOf(error: unknown): string {
  if (error instanceof Error && "stderr" in error && typeof error.stderr === "string" && error.stderr !== "") {
    return error.stderr;
  }
  return error instanceof Error ? error.message : String(error);
}

function unavailable(reason: string): Error {
  return new Error(
    `no S3 server for the tests: ${reason.trim()}\n` +
      "Name a running one in S3_TEST_ENDPOINT, S3_TEST_ACCESS_KEY_ID and S3_TEST_SECRET_ACCESS_KEY instead.",
  );
}
