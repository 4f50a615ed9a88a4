import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const KOS = fileURLToPath(new URL("../../../packages/host/bin/kos.mjs", import.meta.url));

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  /** standard output as the one JSON object that it must be */
  json: () => Record<string, unknown>;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  /** the Node that starts the command; this test's own by default */
  node?: string;
}

/** Starts the real command line. Its home is `cwd`, so that nothing of this machine's user is read. */
export async function runKos(args: readonly string[], { cwd, env = {}, node = process.execPath }: RunOptions): Promise<Ran> {
  return runProgram(node, [KOS, ...args], { cwd, env });
}

export async function runProgram(program: string, args: readonly string[], { cwd, env = {} }: RunOptions): Promise<Ran> {
  const child = spawn(program, args, { cwd, env: { PATH: process.env.PATH ?? "", HOME: cwd, ...env } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit) => resolve(exit ?? -1));
  });
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}

/** A folder of its own, gone when the test ends (`using`). The path is short: GnuPG's agent listens on a socket in it. */
export function temporaryFolder(): { path: string; [Symbol.dispose]: () => void } {
  const path = mkdtempSync(join(tmpdir(), "kos-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** A plugin without a fault, but for what `changes` does to it; null leaves a file out. */
export function pluginFiles(changes: Readonly<Record<string, string | null>> = {}): Record<string, string> {
  const files = {
    "plugin.yaml": "id: tide-table\nname: Tide Table\nentrypoint: main.ts\nversion: 1.2.0\ndescription: Prints the times of high water for a harbour.\npermissions:\n  - log_output\ntrust_level: unverified\nlicense: MIT\n",
    "main.ts": 'import { appendLog } from "./log.ts";\nexport function init(): void {\n  appendLog("tide table is ready");\n}\n',
    "log.ts": "const lines: string[] = [];\nexport function appendLog(line: string): void {\n  lines.push(line);\n}\n",
    "README.md": "# Tide Table\n\nPrints the times of high water for a harbour. Choose the harbour, and the table of the week appears in the log.\n",
    LICENSE: "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy.\n",
    ...changes,
  };
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null));
}

export const serviceYaml = (id: string, version: string | null): string =>
  `  - id: ${id}\n    name: Harbour ${id}\n    type: llm\n    endpoint: http://localhost:8080\n    auth:\n      type: none\n    capabilities:\n      - text_generation\n${version === null ? "" : `    version: "${version}"\n`}    endpoints:\n      - { id: text_generation, path: /v1/completions, method: POST }\n    parameters:\n      text_generation:\n        - { key: prompt, label: Prompt, type: string, required: true }\n        - { key: model, label: Model, type: string }\n`;

/** A GnuPG home with one signing key, without a passphrase; `stop` ends its agent. */
export async function gnupgHome(folder: string, email: string): Promise<{ env: Record<string, string>; stop: () => Promise<void> }> {
  const home = join(folder, "g");
  mkdirSync(home);
  chmodSync(home, 0o700);
  const env = { GNUPGHOME: home };
  const made = await runProgram("gpg", ["--batch", "--passphrase", "", "--quick-generate-key", `Test <${email}>`, "ed25519", "sign", "never"], { cwd: folder, env });
  if (made.code !== 0) throw new Error(`gpg could not make a key: ${made.stderr}`);
  return { env, stop: async () => void (await runProgram("gpgconf", ["--kill", "all"], { cwd: folder, env })) };
}
