import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { CommandContext } from "../command-line/command.ts";
import { CommandError, loginFailed } from "../command-line/errors.ts";
import { holdInterrupts } from "../command-line/hold-interrupts.ts";
import { keepToken, savedToken } from "./credentials.ts";
import { openBrowser } from "./open-browser.ts";
import { postJson } from "./post-json.ts";
import { isExposed } from "./registry-address.ts";

/** What RFC 8628, 3.5 adds to the pause when the registry says `slow_down`. */
const SLOWER_SECONDS = 5;
/** Failures in a row that a wait of minutes outlives: a train's tunnel, a restart. */
const MOST_FAILURES = 5;

const CodeAnswer = z.object({ device_code: z.string(), user_code: z.string(), verification_uri: z.url(), verification_uri_complete: z.url().optional(), expires_in: z.number().positive(), interval: z.number().min(0).default(5) });
const TokenAnswer = z.object({ access_token: z.string().regex(/^kos_/), scope: z.string(), expires_in: z.number() });
type Code = z.output<typeof CodeAnswer>;

export interface SignedIn {
  token: string;
  scopes: string[];
  expiresAt: string;
}

/**
 * Signs this machine in (RFC 8628): shows a code, opens the page where a person approves it, waits, and keeps the
 * token for this user alone. Throws `login-failed` when it is denied or nobody answers.
 */
export async function signIn({ env, terminal, prompts }: Pick<CommandContext, "env" | "terminal" | "prompts">, registry: string, scopes: readonly string[]): Promise<SignedIn> {
  if (isExposed(registry)) terminal.note({ style: "yellow", text: `The token comes from ${registry} without encryption.` });
  // A file that cannot be read is found before a token is made that could not be kept.
  const replaced = await savedToken(env, registry);
  const code = await postJson({ url: `${registry}/api/v1/device/code`, json: { client: hostname().slice(0, 64) || "a machine without a name", scopes } }, CodeAnswer);
  terminal.note("Open ", { style: "bold", text: code.verification_uri }, " and type the code ", { style: "bold", text: code.user_code });
  const direct = code.verification_uri_complete;
  if (direct !== undefined) terminal.note({ style: "dim", text: direct });
  if (direct !== undefined && prompts !== null) openBrowser(env, direct);
  const signedIn = await waitForToken(env, registry, code, terminal);
  terminal.progress(null);
  // The token before it would live on for months with nobody who knows it; one that ended already is no loss.
  if (replaced !== undefined) await postJson({ url: `${registry}/api/v1/tokens/revoke-self`, token: replaced, json: {} }, z.looseObject({})).catch(() => undefined);
  return signedIn;
}

async function waitForToken(env: CommandContext["env"], registry: string, code: Code, terminal: CommandContext["terminal"]): Promise<SignedIn> {
  const until = Date.now() + code.expires_in * 1000;
  let pause = code.interval;
  let failures = 0;
  while (Date.now() < until) {
    terminal.progress("waiting for the approval ...");
    await delay(pause * 1000);
    try {
      return await takeToken(env, registry, code);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === "authorization_pending") failures = 0;
      else if (reason === "slow_down") pause += SLOWER_SECONDS;
      else if (reason !== "passing" || (failures += 1) >= MOST_FAILURES) throw reason === "access_denied" ? loginFailed("it was denied in the browser") : reason === "expired_token" ? tooLate() : error;
    }
  }
  throw tooLate();
}

/** The registry gives a token out once: between its answer and the file that keeps it nothing may stop. */
async function takeToken(env: CommandContext["env"], registry: string, code: Code): Promise<SignedIn> {
  return await holdInterrupts(async () => {
    const { access_token: token, scope, expires_in: seconds } = await postJson({ url: `${registry}/api/v1/device/token`, json: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: code.device_code } }, TokenAnswer);
    await keepToken(env, registry, token);
    return { token, scopes: scope.split(" "), expiresAt: new Date(Date.now() + seconds * 1000).toISOString() };
  });
}

/** The standard's word for a refusal, or "passing" for a registry that stumbled. */
function reasonOf(error: unknown): string {
  if (!(error instanceof CommandError)) throw error;
  if (error.exitClass === "network" || error.members.status === 429) return "passing";
  return typeof error.members.error === "string" ? error.members.error : "";
}

const tooLate = () => loginFailed("nobody approved it in time");
