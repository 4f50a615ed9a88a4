import type { CommandContext, OptionTable } from "../command-line/command.ts";
import { readInputText } from "../command-line/read-input.ts";

export const PASSPHRASE_OPTIONS = {
  "passphrase-file": { value: "FILE", text: "its first line locks and unlocks the kept key; or KOS_KEY_PASSPHRASE" },
} as const satisfies OptionTable;

/** The passphrase that was given for the kept key: the first line of `--passphrase-file`, then KOS_KEY_PASSPHRASE. */
export async function findPassphrase({ args, env }: Pick<CommandContext, "args" | "env">): Promise<string | undefined> {
  const file = args.text("passphrase-file");
  return file === undefined ? env.KOS_KEY_PASSPHRASE : (await readInputText(file)).split(/\r?\n/)[0];
}
