import type { OAuthConfig, UserinfoEndpointHandler } from "next-auth/providers/oauth";
import { requireEmail, type OutsideIdentity } from "#lib/accounts/index.ts";
import type { Config } from "#lib/platform/index.ts";
import { signingAlgorithm, USUAL_ALGORITHM } from "./_signing-algorithm.ts";

/** What next-auth hands over once the code was exchanged. */
type Exchanged = Parameters<NonNullable<UserinfoEndpointHandler["request"]>>[0];
/** What they really are, with the claims of the ID token. */
type Tokens = Awaited<ReturnType<Exchanged["client"]["callback"]>>;
type Provider = NonNullable<Config["github"]>;
type Outside = Omit<OutsideIdentity, "provider">;

/** The outside providers that this instance is set up for, in next-auth's terms. Each answers with an outside identity. */
export async function outsideProviders(config: Pick<Config, "github" | "oidc">, request: Request): Promise<OAuthConfig<Outside>[]> {
  return [...(config.github === null ? [] : [github(config.github)]), ...(config.oidc === null ? [] : [oidc(config.oidc, await algorithmFor(config.oidc, request))])];
}

/** A subject means something at its own issuer only: the key holds both, so that another issuer's `17` is another person. */
const keyOf = (issuer: string, subject: string): string => `${issuer}#${subject}`;

/** next-auth asks for a profile; what was found out travels in it unchanged. The name is not taken: the record would show it for ever. */
const profile = (outside: Outside) => ({ id: outside.key, email: outside.email, name: null });

/** Asked of the issuer only where a token of it is about to be read: nothing else waits for an issuer that is away. */
async function algorithmFor({ url }: Provider, request: Request): Promise<string> {
  return new URL(request.url).pathname.endsWith("/callback/oidc") ? await signingAlgorithm(url) : USUAL_ALGORITHM;
}

/** GitHub, or GitHub Enterprise at an address of its own (its API is then below `/api/v3`). */
function github({ url, name, clientId, clientSecret }: Provider): OAuthConfig<Outside> {
  const api = url === "https://github.com" ? "https://api.github.com" : `${url}/api/v3`;
  return {
    id: "github",
    name,
    type: "oauth",
    clientId,
    clientSecret,
    issuer: `${url}/login/oauth`,
    checks: ["pkce", "state"],
    authorization: { url: `${url}/login/oauth/authorize`, params: { scope: "read:user user:email" } },
    token: `${url}/login/oauth/access_token`,
    userinfo: { url: `${api}/user`, request: (exchanged) => readGithubUser(exchanged, url, api) as never },
    profile,
  };
}

async function readGithubUser({ client, tokens }: Exchanged, url: string, api: string): Promise<Outside> {
  const user = await client.userinfo<{ id?: unknown; login?: unknown }>(tokens.access_token ?? "");
  if (typeof user.id !== "number") throw new Error("GitHub named no user.");
  const answer = await client.requestResource(`${api}/user/emails`, tokens.access_token ?? "", { headers: { accept: "application/vnd.github+json" } });
  const emails: unknown = JSON.parse(answer.body?.toString("utf8") ?? "[]");
  const primary = Array.isArray(emails) ? (emails as { email?: unknown; primary?: unknown; verified?: unknown }[]).find((entry) => entry.primary === true && entry.verified === true) : undefined;
  return { key: keyOf(url, String(user.id)), label: labelOf(user.login), email: addressOf(primary?.email), askedAt: null };
}

/** Any OpenID Connect issuer. The ID token decides who it is; userinfo is asked only for the address, where the token holds none. */
function oidc({ url, name, clientId, clientSecret }: Provider, algorithm: string): OAuthConfig<Outside> {
  return {
    id: "oidc",
    name,
    type: "oauth",
    clientId,
    clientSecret,
    wellKnown: `${url}/.well-known/openid-configuration`,
    client: { id_token_signed_response_alg: algorithm },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    userinfo: { request: (exchanged) => readIssuerClaims(exchanged) as never },
    profile,
  };
}

/** The library has checked signature, issuer, audience, nonce and time of the ID token, and that userinfo speaks of the same subject. */
async function readIssuerClaims({ client, tokens: exchanged }: Exchanged): Promise<Outside> {
  const tokens = exchanged as Tokens;
  const token = tokens.claims();
  const claims: Record<string, unknown> = token.email === undefined && client.issuer.metadata.userinfo_endpoint !== undefined ? { ...(await client.userinfo(tokens)), sub: token.sub } : token;
  // Some issuers send the truth as a text.
  const verified = claims["email_verified"] === true || claims["email_verified"] === "true";
  return { key: keyOf(token.iss, token.sub), label: labelOf(claims["preferred_username"] ?? claims["email"] ?? claims["name"]), email: verified ? addressOf(claims["email"]) : null, askedAt: typeof token.auth_time === "number" ? new Date(token.auth_time * 1000) : null };
}

function labelOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 120) : null;
}

/** The address in the form that accounts are kept under; null for what is none. */
function addressOf(value: unknown): string | null {
  try {
    return typeof value === "string" ? requireEmail(value) : null;
  } catch {
    return null;
  }
}
