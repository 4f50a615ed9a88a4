import type { ExitClass } from "./exit-codes.ts";
import type { Prompts } from "./open-prompts.ts";
import type { Terminal } from "./open-terminal.ts";

/** One option of a command: the table that both the parser and the help text read. */
export interface OptionSpec {
  /** name of the value in the help text; absent for a switch */
  value?: string;
  text: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;

export interface Arguments {
  positionals: readonly string[];
  text: (option: string) => string | undefined;
  flag: (option: string) => boolean;
}

export interface CommandContext {
  args: Arguments;
  terminal: Terminal;
  /** null where nobody could answer: no terminal, under `--json`, or in CI */
  prompts: Prompts | null;
  env: Readonly<Record<string, string | undefined>>;
}

/** How a command ended: the class of its exit code, and the one object that `--json` prints. */
export interface Outcome {
  exit: ExitClass;
  json: Record<string, unknown>;
}

/** Under which headings the overview lists commands, in this order. */
export const COMMAND_GROUPS = {
  begin: "Begin and check",
  publish: "Publish",
  afterwards: "After publishing",
  sign: "Sign and verify",
  account: "Account",
  shell: "Shell",
} as const;

export interface Command {
  name: string;
  group: keyof typeof COMMAND_GROUPS;
  summary: string;
  usage: readonly string[];
  /** how many positionals it takes */
  positionals: { min: number; max: number };
  options: OptionTable;
  /** further paragraphs of `kos help NAME` */
  notes?: readonly string[];
  run: (context: CommandContext) => Promise<Outcome>;
}
