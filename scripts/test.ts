import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareBuild, prepareClient } from "./prepare-build.ts";

const root = join(import.meta.dirname, "..");
const fast = process.argv.includes("--fast");
const reports = mkdtempSync(join(tmpdir(), "kos-test-"));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Counted {
  passed: number;
  failed: number;
}

interface Step {
  name: string;
  /** Arguments of the pinned Node. */
  args: string[];
  /** Reads how many tests ran out of the step's own report; without it the step itself is one test. */
  count?: () => Counted;
}

const bin = (path: string): string => join("node_modules", path);
// Hundreds of tests start a program of their own: compiled once, each starts in half of the time.
process.env["NODE_COMPILE_CACHE"] ??= join(root, "node_modules/.cache/compile");
const report = (name: string): string => join(reports, `${name}.json`);

function vitest(...projects: string[]): Step {
  const name = projects.join(", ");
  const file = report(projects.join("-"));
  return {
    name,
    args: [bin("vitest/vitest.mjs"), "run", ...projects.flatMap((project) => ["--project", project]), "--reporter=minimal", "--reporter=json", `--outputFile.json=${file}`],
    count: () => {
      const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(file, "utf8")) as { numPassedTests: number; numFailedTests: number; success: boolean };
      // A file that could not even be loaded has no tests to count: it still is a failure.
      return { passed: numPassedTests, failed: numFailedTests > 0 || success ? numFailedTests : 1 };
    },
  };
}

function playwright(): Step {
  const file = report("e2e");
  process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = file;
  return {
    name: "end-to-end",
    args: [bin("@playwright/test/cli.js"), "test", "--reporter=line,json"],
    count: () => {
      const { stats, errors } = JSON.parse(readFileSync(file, "utf8")) as { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
    },
  };
}

const STATIC: Step[] = [
  { name: "types", args: [bin("typescript/bin/tsc"), "--noEmit"] },
  { name: "types of the kit", args: [bin("typescript/bin/tsc"), "--noEmit", "-p", "packages/kit"] },
  { name: "lint", args: [bin("eslint/bin/eslint.js"), ".", "--max-warnings=0", "--cache", "--cache-location", "node_modules/.cache/eslint/"] },
  { name: "boundaries", args: [bin("dependency-cruiser/bin/dependency-cruiser.mjs"), "--config", ".dependency-cruiser.cjs", "app", "components", "lib", "packages", "scripts", "web", "worker", "server.ts", "tests", "bench"] },
  { name: "unused code", args: [bin("knip/bin/knip.js")] },
];

/** Runs a step with its output held back; a failure shows all of it. */
async function run(step: Step): Promise<Counted> {
  const started = Date.now();
  const child = spawn(process.execPath, step.args, { cwd: root, env: { ...process.env, FORCE_COLOR: "0", KOS_TEST: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1)).on("error", () => resolve(1)));
  const counted = countOf(step, code);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`${code === 0 ? "ok  " : "FAIL"} ${step.name.padEnd(24)} ${seconds.padStart(6)} s  ${counted.passed} passed, ${counted.failed} failed`);
  if (code !== 0) say(output.slice(-30_000));
  return counted;
}

function countOf(step: Step, code: number): Counted {
  if (step.count === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const counted = step.count();
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Runs the queues side by side, each in order. */
async function runAll(queues: Step[][]): Promise<Counted> {
  const total = { passed: 0, failed: 0 };
  await Promise.all(
    queues.map(async (queue) => {
      for (const step of queue) {
        const { passed, failed } = await run(step);
        total.passed += passed;
        total.failed += failed;
      }
    }),
  );
  return total;
}

async function main(): Promise<Counted> {
  await prepareClient();
  const total = await runAll([STATIC, [vitest("unit")]]);
  if (fast) return total;
  await prepareBuild(say);
  for (const step of [vitest("contract"), vitest("integration"), vitest("topology"), playwright()]) {
    const { passed, failed } = await run(step);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

const started = Date.now();
let total: Counted;
try {
  total = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  total = { passed: 0, failed: 1 };
}
if (existsSync(reports)) rmSync(reports, { recursive: true, force: true });
say(`\n${((Date.now() - started) / 1000).toFixed(0)} s`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
