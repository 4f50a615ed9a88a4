import { parseArgs } from "node:util";
import type { Arguments, Command } from "./command.ts";
import { wrongUsage } from "./errors.ts";
import { GLOBAL_OPTIONS } from "./shared-options.ts";

/** Reads what stands behind the command's name; throws a usage error for unknown options and wrong counts. */
export function readArguments(command: Command, argv: readonly string[]): Arguments {
  const { values, positionals } = parse(command, argv);
  const { min, max } = command.positionals;
  const asksForHelp = values.help === true;
  if (!asksForHelp && (positionals.length < min || positionals.length > max)) {
    throw wrongUsage(positionals.length < min ? `\`kos ${command.name}\` needs more than it was given` : `\`kos ${command.name}\` takes no argument \`${positionals[max] ?? ""}\``, `Usage: ${command.usage.join("\n       ")}`);
  }
  return {
    positionals,
    text: (option) => (typeof values[option] === "string" ? values[option] : undefined),
    flag: (option) => values[option] === true,
  };
}

function parse(command: Command, argv: readonly string[]): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  const table = { ...command.options, ...GLOBAL_OPTIONS };
  const options = Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, { type: "value" in spec ? ("string" as const) : ("boolean" as const), ...(name === "help" ? { short: "h" } : {}) }]));
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values: { ...parsed.values } as Record<string, string | boolean | undefined>, positionals: parsed.positionals };
  } catch (error) {
    const [firstSentence = "the arguments are not understood"] = error instanceof Error ? error.message.split(". ") : [];
    throw wrongUsage(firstSentence, `\`kos help ${command.name}\` lists what it takes.`);
  }
}
