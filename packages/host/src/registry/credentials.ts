import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { CommandContext } from "../command-line/command.ts";
import { fileUnreadable, fileUnwritable } from "../command-line/errors.ts";

type Environment = CommandContext["env"];

/** `credentials.json`: one token per registry, by the address without a trailing slash; what else stands there is kept. */
const CredentialsFile = z.looseObject({ registries: z.record(z.string(), z.looseObject({ token: z.string() })) });
type Credentials = z.output<typeof CredentialsFile>;

/** Where this program keeps what is its user's: `$XDG_CONFIG_HOME/kos`, below `~/.config` where that is not set. */
export function configFolder(env: Environment): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME ?? homedir(), ".config"), "kos");
}

export function credentialsPath(env: Environment): string {
  return join(configFolder(env), "credentials.json");
}

/** The token that `kos login` kept for a registry. Throws `file-unreadable` for a file that is none of ours. */
export async function savedToken(env: Environment, registry: string): Promise<string | undefined> {
  return (await readCredentials(credentialsPath(env)))?.registries[registry]?.token;
}

/** Keeps the token of a registry, or forgets it (null); only this user may read the file. */
export async function keepToken(env: Environment, registry: string, token: string | null): Promise<void> {
  const path = credentialsPath(env);
  const { registries: before = {}, ...rest } = (await readCredentials(path)) ?? {};
  const { [registry]: held, ...others } = before;
  if (token === null && held === undefined) return;
  await writePrivately(path, { ...rest, registries: token === null ? others : { ...others, [registry]: { ...held, token } } });
}

async function readCredentials(path: string): Promise<Credentials | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw fileUnreadable(path, error);
  });
  if (text === null) return null;
  const parsed = CredentialsFile.safeParse(parseJson(text));
  if (!parsed.success) throw fileUnreadable(path, new Error("it is not a credentials file"));
  return parsed.data;
}

/** A new file takes the place of the old one: never half written, and never readable by others, whatever the old one was. */
async function writePrivately(path: string, content: Credentials): Promise<void> {
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw fileUnwritable(path, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
