import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { CommandContext } from "../command-line/command.ts";
import { fileUnreadable, tokenMissing } from "../command-line/errors.ts";
import { isExposed } from "./registry-address.ts";

/** `credentials.json`: one token per registry, by the address without a trailing slash. */
const CredentialsFile = z.looseObject({ registries: z.record(z.string(), z.looseObject({ token: z.string() })) });

/** The token for a registry: `--token`, KOS_TOKEN, then the credentials file. Throws when there is none. */
export async function findToken({ args, env, terminal }: CommandContext, registry: string): Promise<string> {
  const token = args.text("token") ?? env.KOS_TOKEN ?? (await savedToken(credentialsPath(env), registry));
  if (token === undefined || token === "") throw tokenMissing(registry);
  if (isExposed(registry)) terminal.note({ style: "yellow", text: `The token goes to ${registry} without encryption.` });
  return token;
}

function credentialsPath(env: CommandContext["env"]): string {
  return join(env.XDG_CONFIG_HOME ?? join(env.HOME ?? homedir(), ".config"), "kos", "credentials.json");
}

async function savedToken(path: string, registry: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw fileUnreadable(path, error);
  });
  if (text === null) return undefined;
  const parsed = CredentialsFile.safeParse(parseJson(text));
  if (!parsed.success) throw fileUnreadable(path, new Error("it is not a credentials file"));
  return parsed.data.registries[registry]?.token;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
