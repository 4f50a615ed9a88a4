import type { CommandContext } from "../command-line/command.ts";
import { tokenMissing } from "../command-line/errors.ts";
import { savedToken } from "./credentials.ts";
import { isExposed } from "./registry-address.ts";

/** The token for a registry: `--token`, KOS_TOKEN, then what `kos login` kept. Throws when there is none. */
export async function findToken({ args, env, terminal }: CommandContext, registry: string): Promise<string> {
  const token = args.text("token") ?? env.KOS_TOKEN ?? (await savedToken(env, registry));
  if (token === undefined || token === "") throw tokenMissing(registry);
  if (isExposed(registry)) terminal.note({ style: "yellow", text: `The token goes to ${registry} without encryption.` });
  return token;
}
