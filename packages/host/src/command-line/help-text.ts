import { COMMAND_GROUPS, type Command, type OptionTable } from "./command.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { GLOBAL_OPTIONS } from "./shared-options.ts";

/** Columns that text is wrapped to: a terminal of 80 is common, and long lines are hard to read in any. */
const WIDTH = 80;
const INDENT = 2;

/** What `kos --help` prints. */
export function overviewText(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const groups = Object.entries(COMMAND_GROUPS).flatMap(([group, title]) => {
    const rows = commands.filter((command) => command.group === group).map(({ name, summary }): [string, string] => [name, summary]);
    return rows.length === 0 ? [] : ["", `${title}:`, ...columns(rows, width)];
  });
  return [
    `kos ${version}: makes, checks, signs and publishes kOS plugins and services`,
    "",
    "Usage: kos COMMAND [options]",
    "",
    "The first plugin, from nothing:",
    ...columns([["kos init my-plugin", "a folder that passes every check"], ["kos publish my-plugin", "signs you in, makes your key, and shows each check"]]),
    ...groups,
    "",
    ...wrap("`kos help COMMAND` says more about one of them; `--json` makes any of them print one JSON object."),
    "",
    "Exit codes:",
    ...columns(Object.values(EXIT_CODES).map(({ code, means }): [string, string] => [String(code), means])),
  ].join("\n");
}

/** What `kos help COMMAND` and `kos COMMAND --help` print. */
export function commandText(command: Command): string {
  const options: OptionTable = { ...command.options, ...GLOBAL_OPTIONS };
  const rows = Object.entries(options).map(([name, { value, text }]): [string, string] => [`--${name}${value === undefined ? "" : ` ${value}`}`, text]);
  const notes = (command.notes ?? []).flatMap((note) => ["", ...wrap(note)]);
  return [command.summary, "", ...command.usage.map((line, index) => `${index === 0 ? "Usage:" : "      "} ${line}`), ...notes, "", "Options:", ...columns(rows)].join("\n");
}

/** Two columns; what does not fit beside the first goes on below itself. */
function columns(rows: readonly [string, string][], least = 0): string[] {
  const width = Math.max(least, ...rows.map(([left]) => left.length));
  const gap = " ".repeat(INDENT + width + 2);
  return rows.flatMap(([left, right]) => wrap(right, WIDTH - gap.length).map((line, at) => (at === 0 ? `${" ".repeat(INDENT)}${left.padEnd(width)}  ${line}` : `${gap}${line}`)));
}

function wrap(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
