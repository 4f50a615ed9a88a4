import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { sourcesDigest } from "./sources-digest.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const CLIENT = "lib/platform/db/generated";
const CLIENT_STAMP = join(root, CLIENT, ".schema");
const BUILD_STAMP = join(root, ".next", "sources");
const BUILD_SOURCES = ["app", "components", "lib", "packages", "public", "next.config.ts", "postcss.config.mjs", "tsconfig.json", "package-lock.json", "prisma/schema"];

/** Generates the database client when the schema changed. The native engine is named but never run or fetched. */
export async function prepareClient(): Promise<void> {
  const digest = sourcesDigest(["prisma/schema", "prisma.config.ts"]);
  if (existsSync(CLIENT_STAMP) && readFileSync(CLIENT_STAMP, "utf8") === digest) return;
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], { cwd: root, env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" } });
  writeFileSync(CLIENT_STAMP, digest);
}

/** Builds the pages when a source changed since the last build. Throws with the build's own output when it fails. */
export async function prepareBuild(say: (line: string) => void): Promise<void> {
  const digest = sourcesDigest(BUILD_SOURCES);
  if (existsSync(BUILD_STAMP) && readFileSync(BUILD_STAMP, "utf8") === digest) return;
  const started = Date.now();
  say("Building the pages (ten seconds to a minute; only when sources changed)");
  rmSync(BUILD_STAMP, { force: true });
  await build();
  mkdirSync(join(root, ".next"), { recursive: true });
  writeFileSync(BUILD_STAMP, digest);
  say(`Built in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function build(): Promise<void> {
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  if (code !== 0) throw new Error(`next build ended with ${code}:\n${output.slice(-6000)}`);
}
