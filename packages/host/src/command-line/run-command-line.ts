import { suggestNearest } from "@kosmarket/kit";
import type { Command, Outcome } from "./command.ts";
import { CommandError, wrongUsage } from "./errors.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { findVersion } from "./find-version.ts";
import { commandText, overviewText } from "./help-text.ts";
import { openPrompts, type Answers, type Prompts } from "./open-prompts.ts";
import { openTerminal, type Terminal, type TerminalOptions } from "./open-terminal.ts";
import { printProblems } from "./print-problems.ts";
import { readArguments } from "./read-arguments.ts";

export interface Invocation {
  /** what stands behind `kos` */
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** where a person answers; absent for a program */
  stdin?: Answers;
  stdout: TerminalOptions["stdout"];
  stderr: TerminalOptions["stderr"];
}

/** Runs one command and returns the exit code. Never throws: a fault of our own is told in one line, and 70. */
export async function runCommandLine(commands: readonly Command[], { argv, env, stdin, stdout, stderr }: Invocation): Promise<number> {
  const json = argv.slice(0, endOfOptions(argv)).includes("--json");
  const terminal = openTerminal({ stdout, stderr, json, plain: (env.NO_COLOR ?? "") !== "" });
  const asks = stdin?.isTTY === true && stderr.isTTY === true && !json && (env.CI ?? "") === "";
  const prompts = asks ? openPrompts({ input: stdin, output: stderr }) : null;
  const outcome = await dispatch(commands, argv, { env, terminal, prompts }).catch((error: unknown) => failure(terminal, error, json));
  terminal.progress(null);
  if (json) stdout.write(`${JSON.stringify(outcome.json)}\n`);
  return EXIT_CODES[outcome.exit].code;
}

async function dispatch(commands: readonly Command[], argv: readonly string[], { env, terminal, prompts }: { env: Invocation["env"]; terminal: Terminal; prompts: Prompts | null }): Promise<Outcome> {
  const words = argv.filter((word) => word !== "--json");
  const [first, second] = words;
  const version = findVersion();
  if (first === "--version" || first === "version") return show(terminal, version, { ok: true, version });
  if (first === "--help" || first === "-h" || (first === "help" && second === undefined)) return showOverview(commands, version, terminal);
  if (first === "help") return showCommand(findCommand(commands, second ?? ""), terminal);
  if (first === undefined) throw wrongUsage("which command?", "`kos --help` lists them.");
  const command = findCommand(commands, first);
  const args = readArguments(command, argv.slice(argv.indexOf(first) + 1));
  return args.flag("help") ? showCommand(command, terminal) : command.run({ args, terminal, prompts, env });
}

function showOverview(commands: readonly Command[], version: string, terminal: Terminal): Outcome {
  return show(terminal, overviewText(commands, version), { ok: true, version, commands: commands.map(({ name, summary }) => ({ name, summary })), exitCodes: EXIT_CODES });
}

function showCommand(command: Command, terminal: Terminal): Outcome {
  const { name, summary, usage, options } = command;
  return show(terminal, commandText(command), { ok: true, name, summary, usage, options });
}

function show(terminal: Terminal, text: string, json: Outcome["json"]): Outcome {
  terminal.line(text);
  return { exit: "ok", json };
}

function findCommand(commands: readonly Command[], name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const near = suggestNearest(name, commands.map((command) => command.name));
  throw wrongUsage(`\`${name}\` is not a command`, near === null ? "`kos --help` lists them." : `Did you mean \`kos ${near}\`?`);
}

function failure(terminal: Terminal, error: unknown, json: boolean): Outcome {
  if (!(error instanceof CommandError)) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.note({ style: "red", text: "kos failed; this is a fault of its own:" }, ` ${detail}`);
    return { exit: "internal", json: { ok: false, error: { code: "internal", detail } } };
  }
  const { code, message, hint, problems, members, exitClass } = error;
  if (!json) {
    terminal.note({ style: "red", text: "kos: " }, message);
    printProblems(terminal.note, problems);
    if (hint !== null) terminal.note(hint);
  }
  return { exit: exitClass, json: { ok: false, error: { code, detail: message, hint, ...(Object.keys(members).length === 0 ? {} : { answer: members }) }, problems } };
}

// Behind `--` stand names of files, whatever they look like.
function endOfOptions(argv: readonly string[]): number {
  const end = argv.indexOf("--");
  return end < 0 ? argv.length : end;
}
