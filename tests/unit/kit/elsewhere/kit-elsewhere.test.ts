import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createViteServer } from "vitest/node";
import { findChromium } from "#tests/support/find-chromium.ts";
import type { Outcome } from "./runner.ts";

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, "../../../..");
const kitTests = join(import.meta.dirname, "..");
/** Talks to a program of this machine; everything else runs everywhere. */
const ONLY_HERE = new Set(["signatures-with-gnupg.test.ts", "ssh-signatures-with-openssh.test.ts"]);
const FILES = readdirSync(kitTests).filter((file) => file.endsWith(".test.ts") && !ONLY_HERE.has(file)).sort();
const FAMILIES = ["accept", "signature", "version", "yaml"];
const STAND_INS = { vitest: join(import.meta.dirname, "runner.ts"), vectors: join(import.meta.dirname, "vectors-as-data.ts") };
const PAGE = `<!doctype html><title>kit</title><script type="module">import { runInPage } from "/tests/unit/kit/elsewhere/run-in-page.ts"; globalThis.runInPage = runInPage;</script>`;
const MINUTES = 60_000;

let scratch = "";
let expected: Record<string, number> = {};

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "kos-kit-"));
  expected = await casesOfVitest();
}, 2 * MINUTES);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("the kit does in Deno what it does in Node, case by case", { timeout: 3 * MINUTES }, async () => {
  const { platform, outcomes } = await runInDeno();
  requireSame(platform, outcomes);
});

test("the kit does in a page of Chromium what it does in Node, case by case", { timeout: 3 * MINUTES }, async () => {
  const { platform, outcomes } = await runInChromium();
  requireSame(platform, outcomes);
});

function requireSame(platform: string, outcomes: Outcome[]): void {
  expect(outcomes.filter(({ fault }) => fault !== null).map(({ file, name, fault }) => `${file} > ${name}\n${fault}`)).toEqual([]);
  expect(countByFile(outcomes)).toEqual(expected);
  const total = Object.values(expected).reduce((sum, count) => sum + count, 0);
  expect(outcomes).toHaveLength(total);
  process.stdout.write(`kit: ${total} cases in Node ${process.version}, ${outcomes.length} in ${platform}\n`);
}

function countByFile(cases: { file: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { file } of cases) counts[file] = (counts[file] ?? 0) + 1;
  return counts;
}

/** What the test runner itself counts in the same files. */
async function casesOfVitest(): Promise<Record<string, number>> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, "list", "--json", "--no-static-parse", "--project", "unit", ...FILES.map((file) => `tests/unit/kit/${file}`)], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const listed = JSON.parse(stdout.slice(stdout.indexOf("["))) as { file: string }[];
  return countByFile(listed.map(({ file }) => ({ file: basename(file) })));
}

function vectors(): string {
  const held = FAMILIES.flatMap((family) => readdirSync(join(root, "tests/vectors", family)).filter((file) => !file.startsWith("make-")).map((file) => [`${family}/${file}`, readFileSync(join(root, "tests/vectors", family, file)).toString("base64")]));
  return JSON.stringify(Object.fromEntries(held));
}

/**
 * The sources as they are, with leave to read the repository and nothing else: no network, no writing. The environment is
 * empty rather than refused: the package `yaml` looks for a variable of its own at each token, and would throw.
 */
async function runInDeno(): Promise<{ platform: string; outcomes: Outcome[] }> {
  const { runInstall } = require("deno/install_api.cjs") as { runInstall: () => string };
  const map = join(scratch, "imports.json");
  writeFileSync(map, JSON.stringify({ imports: { vitest: pathToFileURL(STAND_INS.vitest), [pathToFileURL(join(kitTests, "read-vectors.ts")).href]: pathToFileURL(STAND_INS.vectors) } }));
  const flags = ["--cached-only", "--no-remote", "--no-check", "--no-lock", "--no-prompt", "--node-modules-dir=manual", `--import-map=${map}`, `--allow-read=${root}`, "--ignore-env"];
  const child = spawn(runInstall(), ["run", ...flags, join(import.meta.dirname, "run-in-deno.ts"), ...FILES], { cwd: root, env: { NODE_ENV: "test", DENO_DIR: join(scratch, "deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" }, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(vectors());
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close") as Promise<[number]>]);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as { platform: string; outcomes: Outcome[] };
}

async function runInChromium(): Promise<{ platform: string; outcomes: Outcome[] }> {
  const server = await createViteServer({
    configFile: false,
    root,
    cacheDir: join(scratch, "vite"),
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
    resolve: { alias: [{ find: /^vitest$/, replacement: STAND_INS.vitest }, { find: /^.*\/read-vectors\.ts$/, replacement: STAND_INS.vectors }] },
    optimizeDeps: { noDiscovery: true, include: ["fast-check", "openpgp", "semver", "yaml", "zod"] },
    appType: "custom",
    plugins: [{ name: "page", configureServer: ({ middlewares }) => void middlewares.use((request, response, next) => (request.url === "/" ? response.setHeader("content-type", "text/html").end(PAGE) : next())) }],
  });
  const browser = await chromium.launch(await findChromium());
  try {
    await server.listen();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.httpServer?.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => "runInPage" in globalThis);
    const outcomes = await page.evaluate(async ([held, files]) => {
      const page = globalThis as unknown as { kitVectors: unknown; runInPage: (files: string[]) => Promise<Outcome[]> };
      page.kitVectors = JSON.parse(held);
      return await page.runInPage(files);
    }, [vectors(), FILES] as [string, string[]]);
    return { platform: `Chromium ${browser.version()}`, outcomes };
  } finally {
    await browser.close();
    await server.close();
  }
}
