import { z } from "zod";
import type { CommandContext } from "../command-line/command.ts";
import { identityUnavailable } from "../command-line/errors.ts";
import { PublisherSlug } from "./answers.ts";
import { postJson } from "./post-json.ts";
import { isExposed } from "./registry-address.ts";

const TIMEOUT_MS = 30_000;

const IdentityAnswer = z.object({ value: z.string().min(1) });
const ExchangeAnswer = z.looseObject({ token: z.string().min(1), publisher: PublisherSlug, identity: z.looseObject({ repository: z.string(), workflow: z.string() }) });

type Env = CommandContext["env"];

/** Whether this is a CI job that can say who it is: GitHub's with `id-token: write`, or any that sets KOS_ID_TOKEN. */
export function hasIdentity(env: Env): boolean {
  return Boolean(env.KOS_ID_TOKEN) || Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}

/**
 * Exchanges the identity of this CI job for a token that publishes, for fifteen minutes: no secret, and nobody to ask.
 * The identity is asked for with this registry as its only audience. Throws `identity-unavailable` where the CI system
 * gives none, and what the registry refuses.
 */
export async function exchangeIdentity({ env, terminal }: Pick<CommandContext, "env" | "terminal">, registry: string, publisher: string | null): Promise<{ token: string; publisher: string }> {
  if (isExposed(registry)) throw identityUnavailable(`${registry} has no encryption, and whoever reads along could publish`);
  const identity = env.KOS_ID_TOKEN || (await askGithub(env, registry));
  const answer = await postJson({ url: `${registry}/api/v1/trusted-publishing/exchange`, json: { token: identity, ...(publisher === null ? {} : { publisher }) } }, ExchangeAnswer);
  terminal.note(`Publishing as the workflow ${answer.identity.workflow} of ${answer.identity.repository}, without a stored token.`);
  return { token: answer.token, publisher: answer.publisher };
}

/** https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token */
async function askGithub(env: Env, audience: string): Promise<string> {
  const url = URL.parse(env.ACTIONS_ID_TOKEN_REQUEST_URL ?? "");
  if (url === null) throw identityUnavailable("ACTIONS_ID_TOKEN_REQUEST_URL is no address");
  url.searchParams.set("audience", audience);
  try {
    const response = await fetch(url, { headers: { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`, accept: "application/json" }, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return IdentityAnswer.parse(await response.json()).value;
  } catch (error) {
    throw identityUnavailable(`GitHub gave none (${error instanceof Error ? error.message : String(error)})`);
  }
}
