import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../packages/host/src/command-line/run-command-line.ts";
import { COMMANDS } from "../../../packages/host/src/commands/index.ts";
import { runKos, temporaryFolder } from "./run-kos.ts";

/** Runs in this process, on streams that say whether a person looks. */
async function runOn({ terminal, env = {} }: { terminal: boolean; env?: Record<string, string> }, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const texts = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({ isTTY: terminal, write: (text: string) => (texts[name] += text) });
  const code = await runCommandLine(COMMANDS, { argv, env, stdout: stream("out"), stderr: stream("err") });
  return { code, ...texts };
}

// A Node of the system that is too old to run TypeScript, as many machines have it.
const OLDER_NODE = ["/usr/bin/node", "/usr/local/bin/node"].find((path) => existsSync(path) && Number(/^v(\d+)/.exec(execFileSync(path, ["--version"], { encoding: "utf8" }))?.[1]) < 24);

describe("the kos command line", { timeout: 60_000 }, () => {
  it("lists every command and exit code", async () => {
    const { code, out } = await runOn({ terminal: false }, "--help");
    expect(code).toBe(0);
    for (const { name, summary } of COMMANDS) expect(out.split("\n").map((line) => line.trim().replace(/ +/, " "))).toContain(`${name} ${summary}`);
    expect(out).toMatch(/^ {2}4 +the registry refused/m);
  });

  it("explains each command alike by `help NAME` and `NAME --help`", async () => {
    for (const { name } of COMMANDS) {
      const help = await runOn({ terminal: false }, "help", name);
      expect(help).toMatchObject({ code: 0, err: "" });
      expect(help.out).toContain(`Usage: kos ${name}`);
      expect((await runOn({ terminal: false }, name, "--help")).out).toBe(help.out);
      expect((await runOn({ terminal: false }, name, "-h")).out).toBe(help.out);
    }
  });

  it("tells its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../../packages/host/package.json", import.meta.url), "utf8")) as { version: string };
    expect((await runOn({ terminal: false }, "--version")).out).toBe(`${version}\n`);
    expect(JSON.parse((await runOn({ terminal: false }, "--version", "--json")).out)).toEqual({ ok: true, version });
  });

  it("answers a wrong command, option or count with exit code 2 and a way on", async () => {
    expect(await runOn({ terminal: false }, "publsh")).toEqual({ code: 2, out: "", err: "kos: `publsh` is not a command\nDid you mean `kos publish`?\n" });
    expect((await runOn({ terminal: false })).code).toBe(2);
    expect((await runOn({ terminal: false }, "pack")).err).toContain("Usage: kos pack FOLDER");
    expect((await runOn({ terminal: false }, "pack", "a", "b")).err).toContain("takes no argument `b`");
    expect((await runOn({ terminal: false }, "pack", "a", "--colour")).code).toBe(2);
    expect((await runOn({ terminal: false }, "publish", ".", "--publisher", "a", "--registry", "ftp://x")).err).toContain("not the address of a registry");
  });

  it("prints an error as one JSON object on standard output under --json", async () => {
    const { code, out, err } = await runOn({ terminal: true }, "validate", "--json", "--nonsense");
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: "usage" } });
  });

  it("colours only where a person looks and NO_COLOR is not set", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "plugin.yaml");
    writeFileSync(path, "id: Bad\n");
    expect((await runOn({ terminal: true }, "validate", path)).out).toContain("\u001b[31mB\u001b[0m");
    expect((await runOn({ terminal: false }, "validate", path)).out).not.toContain("\u001b");
    expect((await runOn({ terminal: true, env: { NO_COLOR: "1" } }, "validate", path)).out).not.toContain("\u001b");
  });

  it("never lets a package's text act on the terminal", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "plugin.yaml");
    writeFileSync(path, 'id: "a\\e[2J\\u202e"\nname: A\nentrypoint: main.ts\nversion: 1.0.0\n"\\e]0;x\\a": 1\n');
    const { out } = await runOn({ terminal: true, env: { NO_COLOR: "1" } }, "validate", path);
    expect(out).toContain(" B ");
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it.skipIf(OLDER_NODE === undefined)("starts under an older Node, hands over to the pinned one, and keeps its exit code", async () => {
    using folder = temporaryFolder();
    const node = OLDER_NODE ?? "";
    expect((await runKos(["--version"], { cwd: folder.path, node })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await runKos(["validate", "nowhere"], { cwd: folder.path, node })).code).toBe(2);
  });
});
