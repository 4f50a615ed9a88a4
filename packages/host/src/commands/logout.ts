import { z } from "zod";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { CommandError } from "../command-line/errors.ts";
import { REGISTRY_OPTIONS } from "../command-line/shared-options.ts";
import { keepToken, savedToken } from "../registry/credentials.ts";
import { postJson } from "../registry/post-json.ts";
import { registryAddress } from "../registry/registry-address.ts";

export const logoutCommand: Command = {
  name: "logout",
  group: "account",
  summary: "Revoke the token that `kos login` kept, and forget it",
  usage: ["kos logout"],
  positionals: { min: 0, max: 0 },
  options: { ...REGISTRY_OPTIONS },
  notes: ["A registry that cannot be reached keeps the token here, so that it can be revoked later."],
  run: logout,
};

async function logout(context: CommandContext): Promise<Outcome> {
  const { env, terminal } = context;
  const registry = registryAddress(context);
  const token = await savedToken(env, registry);
  if (token === undefined) {
    terminal.line(`Nobody is signed in at ${registry}.`);
    return { exit: "ok", json: { ok: true, registry, revoked: false } };
  }
  const revoked = await revoke(registry, token);
  await keepToken(env, registry, null);
  terminal.line(revoked ? `Signed out of ${registry}: the token is revoked and forgotten.` : `Signed out of ${registry}: the token had ended already and is forgotten.`);
  return { exit: "ok", json: { ok: true, registry, revoked } };
}

/** False where the registry no longer knows the token: then there is nothing left to revoke. */
async function revoke(registry: string, token: string): Promise<boolean> {
  try {
    await postJson({ url: `${registry}/api/v1/tokens/revoke-self`, token, json: {} }, z.looseObject({}));
    return true;
  } catch (error) {
    if (error instanceof CommandError && error.members.status === 401) return false;
    throw error;
  }
}
