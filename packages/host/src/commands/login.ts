import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { CommandError, loginFailed } from "../command-line/errors.ts";
import { REGISTRY_OPTIONS } from "../command-line/shared-options.ts";
import { credentialsPath, keepToken, savedToken } from "../registry/credentials.ts";
import { postJson } from "../registry/post-json.ts";
import { isExposed, registryAddress } from "../registry/registry-address.ts";

const DEFAULT_SCOPES = "publish,yank,read";
/** What RFC 8628, 3.5 adds to the pause when the registry says `slow_down`. */
const SLOWER_SECONDS = 5;
/** Failures in a row that a wait of minutes outlives: a train's tunnel, a restart. */
const MOST_FAILURES = 5;

const CodeAnswer = z.object({ device_code: z.string(), user_code: z.string(), verification_uri: z.url(), verification_uri_complete: z.url().optional(), expires_in: z.number().positive(), interval: z.number().min(0).default(5) });
const TokenAnswer = z.object({ access_token: z.string().regex(/^kos_/), scope: z.string(), expires_in: z.number() });
type Code = z.output<typeof CodeAnswer>;

export const loginCommand: Command = {
  name: "login",
  summary: "Sign this machine in: approve it in a browser",
  usage: ["kos login [--scopes LIST]"],
  positionals: { min: 0, max: 0 },
  options: { scopes: { value: "LIST", text: `what it may do, separated by commas; ${DEFAULT_SCOPES}` }, ...REGISTRY_OPTIONS },
  notes: ["Shows a short code and an address; a signed-in person types the code there and approves. The token is kept for this user alone, and `kos logout` revokes it. KOS_TOKEN wins over it."],
  run: login,
};

async function login(context: CommandContext): Promise<Outcome> {
  const { args, env, terminal } = context;
  const registry = registryAddress(context);
  if (isExposed(registry)) terminal.note({ style: "yellow", text: `The token comes from ${registry} without encryption.` });
  const scopes = (args.text("scopes") ?? DEFAULT_SCOPES).split(",").map((scope) => scope.trim()).filter((scope) => scope !== "");
  // A file that cannot be read is found before a token is made that could not be kept.
  await savedToken(env, registry);
  const code = await postJson({ url: `${registry}/api/v1/device/code`, json: { client: hostname().slice(0, 64) || "a machine without a name", scopes } }, CodeAnswer);
  terminal.note("Open ", { style: "bold", text: code.verification_uri }, " and type the code ", { style: "bold", text: code.user_code });
  if (code.verification_uri_complete !== undefined) terminal.note({ style: "dim", text: code.verification_uri_complete });
  const { access_token: token, scope, expires_in: seconds } = await waitForToken(registry, code, terminal);
  await keepToken(env, registry, token);
  const path = credentialsPath(env);
  const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
  terminal.line({ style: "green", text: "Signed in" }, ` at ${registry} with the scopes ${scope}, until ${expiresAt.slice(0, 10)}.`);
  terminal.line({ style: "dim", text: `The token is kept in ${path}.` });
  if (env.KOS_TOKEN !== undefined && env.KOS_TOKEN !== "") terminal.note({ style: "yellow", text: "KOS_TOKEN is set, and wins over it." });
  return { exit: "ok", json: { ok: true, registry, scopes: scope.split(" "), expiresAt, path } };
}

async function waitForToken(registry: string, code: Code, terminal: CommandContext["terminal"]): Promise<z.output<typeof TokenAnswer>> {
  const until = Date.now() + code.expires_in * 1000;
  let pause = code.interval;
  let failures = 0;
  while (Date.now() < until) {
    terminal.progress("waiting for the approval ...");
    await delay(pause * 1000);
    try {
      return await postJson({ url: `${registry}/api/v1/device/token`, json: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: code.device_code } }, TokenAnswer);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === "authorization_pending") failures = 0;
      else if (reason === "slow_down") pause += SLOWER_SECONDS;
      else if (reason !== "passing" || (failures += 1) >= MOST_FAILURES) throw reason === "access_denied" ? loginFailed("it was denied in the browser") : reason === "expired_token" ? tooLate() : error;
    }
  }
  throw tooLate();
}

/** The standard's word for a refusal, or "passing" for a registry that stumbled. */
function reasonOf(error: unknown): string {
  if (!(error instanceof CommandError)) throw error;
  if (error.exitClass === "network" || error.members.status === 429) return "passing";
  return typeof error.members.error === "string" ? error.members.error : "";
}

const tooLate = () => loginFailed("nobody approved it in time");
