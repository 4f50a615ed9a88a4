import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { REGISTRY_OPTIONS, TOKEN_OPTIONS } from "../command-line/shared-options.ts";
import { findToken } from "../registry/find-token.ts";
import { readAccount } from "../registry/read-account.ts";
import { registryAddress } from "../registry/registry-address.ts";

export const whoamiCommand: Command = {
  name: "whoami",
  group: "account",
  summary: "Show whose token this is, with roles and publishers",
  usage: ["kos whoami"],
  positionals: { min: 0, max: 0 },
  options: { ...REGISTRY_OPTIONS, ...TOKEN_OPTIONS },
  notes: ["Needs the scope `read`."],
  run: whoami,
};

async function whoami(context: CommandContext): Promise<Outcome> {
  const { terminal } = context;
  const registry = registryAddress(context);
  const account = await readAccount(registry, await findToken(context, registry));
  const { email, name, roles, publishers } = account;
  terminal.line({ style: "bold", text: email }, name === null ? "" : ` (${name})`, ` at ${registry}`);
  if (roles.length > 0) terminal.line(`roles: ${roles.join(", ")}`);
  terminal.line(publishers.length === 0 ? "no publisher yet" : `publishers: ${publishers.map(({ slug, role }) => `${slug} (${role})`).join(", ")}`);
  return { exit: "ok", json: { ok: true, registry, account } };
}
