import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../packages/host/src/command-line/run-command-line.ts";
import { COMMANDS } from "../../../packages/host/src/commands/index.ts";
import { temporaryFolder } from "./run-kos.ts";

async function scriptFor(shell: string): Promise<{ code: number; out: string }> {
  let out = "";
  const code = await runCommandLine(COMMANDS, { argv: ["completion", shell], env: {}, stdout: { write: (text: string) => (out += text) }, stderr: { write: () => undefined } });
  return { code, out };
}

const shellPath = (name: string) => [`/bin/${name}`, `/usr/bin/${name}`].find((path) => existsSync(path)) ?? "";

describe("kos completion", () => {
  it("refuses a shell that it does not know", async () => {
    expect(await scriptFor("cmd")).toEqual({ code: 2, out: "" });
  });

  it.skipIf(shellPath("bash") === "")("completes commands and options in a real bash", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "kos.bash");
    writeFileSync(path, (await scriptFor("bash")).out);
    const complete = (...words: string[]) => execFileSync(shellPath("bash"), ["-c", `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kos; echo "\${COMPREPLY[*]}"`, path, ...words], { encoding: "utf8" }).trim();
    expect(complete("kos", "un")).toBe("unyank");
    expect(complete("kos", "help", "ya")).toBe("yank");
    expect(complete("kos", "deprecate", "--suc")).toBe("--successor");
    expect(complete("kos", "publish", "my-pl")).toBe("");
  });

  it.each(["bash", "zsh", "fish"])("names every command and option for %s, and a shell that is here can read it", async (shell) => {
    const { code, out } = await scriptFor(shell);
    expect(code).toBe(0);
    for (const { name, options } of COMMANDS) for (const word of [name, ...Object.keys(options)]) expect(out).toContain(word);
    if (shellPath(shell) === "") return;
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "script"), out);
    execFileSync(shellPath(shell), ["-n", join(folder.path, "script")]);
  });
});
