import { spawn, type ChildProcess } from "node:child_process";
import { PassThrough } from "node:stream";
import { runCommandLine } from "../../../packages/host/src/command-line/run-command-line.ts";
import { COMMANDS } from "../../../packages/host/src/commands/index.ts";
import { KOS } from "./run-kos.ts";

export interface TerminalRun {
  code: number;
  out: string;
  err: string;
  /** the questions that were asked, in their order */
  questions: string[];
}

/** What the person types after a question that contains the key, one after the other; a question without an answer ends the input. */
export type TypedAnswers = Readonly<Record<string, readonly string[]>>;

/** Runs the command line in this process, on streams that say that a person looks and answers. */
export async function runAtTerminal(argv: readonly string[], { env, answers = {} }: { env: Record<string, string>; answers?: TypedAnswers }): Promise<TerminalRun> {
  const run: TerminalRun = { code: -1, out: "", err: "", questions: [] };
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const hear = (text: string): void => {
    run.err += text;
    const question = /([^\n\r]*[:?)\]]) $/.exec(text)?.[1];
    if (question === undefined) return;
    run.questions.push(question);
    const part = Object.keys(answers).find((key) => question.includes(key)) ?? "";
    const answer = answers[part]?.[run.questions.filter((asked) => asked.includes(part)).length - 1];
    if (answer === undefined) stdin.end();
    else setImmediate(() => stdin.write(`${answer}\n`));
  };
  run.code = await runCommandLine(COMMANDS, { argv, env: { PATH: process.env.PATH ?? "", ...env }, stdin, stdout: { isTTY: true, write: (text: string) => (run.out += text) }, stderr: { isTTY: true, write: hear } });
  return run;
}

/** Starts the real program on a pseudo-terminal of util-linux's `script`; `heard` is everything it shows. */
export function startOnPty(argv: readonly string[], { cwd, env }: { cwd: string; env: Record<string, string> }): { child: ChildProcess; heard: () => string; ended: Promise<number> } {
  const command = ["exec", process.execPath, KOS, ...argv].map((word) => `'${word}'`).join(" ").replace("'exec'", "exec");
  const child = spawn("script", ["-qefc", command, "/dev/null"], { cwd, env: { PATH: process.env.PATH ?? "", HOME: cwd, SHELL: "/bin/sh", TERM: "dumb", ...env } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv, stdio: ["pipe", "pipe", "pipe"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
  return { child, heard: () => text, ended };
}
