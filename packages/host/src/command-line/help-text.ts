import type { Command, OptionTable } from "./command.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { GLOBAL_OPTIONS } from "./shared-options.ts";

/** What `kos --help` prints. */
export function overviewText(commands: readonly Command[], version: string): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  return [
    `kos ${version}: makes, checks, signs and publishes kOS plugins and services`,
    "",
    "Usage: kos COMMAND [options]",
    "",
    "Commands:",
    ...columns(rows),
    "",
    "`kos help COMMAND` says more about one of them; `--json` makes any of them print one JSON object.",
    "",
    "Exit codes:",
    ...columns(Object.values(EXIT_CODES).map(({ code, means }): [string, string] => [String(code), means])),
  ].join("\n");
}

/** What `kos help COMMAND` and `kos COMMAND --help` print. */
export function commandText(command: Command): string {
  const options: OptionTable = { ...command.options, ...GLOBAL_OPTIONS };
  const rows = Object.entries(options).map(([name, { value, text }]): [string, string] => [`--${name}${value === undefined ? "" : ` ${value}`}`, text]);
  const notes = (command.notes ?? []).flatMap((note) => ["", note]);
  return [command.summary, "", ...command.usage.map((line, index) => `${index === 0 ? "Usage:" : "      "} ${line}`), "", "Options:", ...columns(rows), ...notes].join("\n");
}

function columns(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
