import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { REGISTRY_OPTIONS } from "../command-line/shared-options.ts";
import { credentialsPath } from "../registry/credentials.ts";
import { registryAddress } from "../registry/registry-address.ts";
import { signIn } from "../registry/sign-in.ts";

const DEFAULT_SCOPES = "publish,yank,read";

export const loginCommand: Command = {
  name: "login",
  group: "account",
  summary: "Sign this machine in: approve it in a browser",
  usage: ["kos login [--scopes LIST]"],
  positionals: { min: 0, max: 0 },
  options: { scopes: { value: "LIST", text: `what it may do, separated by commas; ${DEFAULT_SCOPES}` }, ...REGISTRY_OPTIONS },
  notes: ["Shows a short code and an address; a signed-in person approves it there. The token is kept for this user alone, and `kos logout` revokes it. KOS_TOKEN wins over it. The scope `keys` counts for five minutes after the approval."],
  run: login,
};

async function login(context: CommandContext): Promise<Outcome> {
  const { args, env, terminal } = context;
  const registry = registryAddress(context);
  const asked = (args.text("scopes") ?? DEFAULT_SCOPES).split(",").map((scope) => scope.trim()).filter((scope) => scope !== "");
  const { scopes, expiresAt } = await signIn(context, registry, asked);
  const path = credentialsPath(env);
  terminal.line({ style: "green", text: "Signed in" }, ` at ${registry} with the scopes ${scopes.join(" ")}, until ${expiresAt.slice(0, 10)}.`);
  terminal.line({ style: "dim", text: `The token is kept in ${path}.` });
  if (env.KOS_TOKEN !== undefined && env.KOS_TOKEN !== "") terminal.note({ style: "yellow", text: "KOS_TOKEN is set, and wins over it." });
  return { exit: "ok", json: { ok: true, registry, scopes, expiresAt, path } };
}
