import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

/** What the issuer says about one of its people. */
export interface IssuerPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
}

export interface OidcIssuer {
  url: string;
  clientId: string;
  clientSecret: string;
  /** Registers the address that its answers may go to. */
  allow: (redirectUri: string) => void;
  /** Who signs in next: the issuer asks nobody for a password. */
  person: (person: IssuerPerson) => void;
  /** Alters the claims of the ID tokens from now on, signed with the issuer's own key; null stops it. */
  alter: (change: ((claims: Record<string, unknown>) => Record<string, unknown>) | null, key?: KeyObject) => void;
  close: () => Promise<void>;
}

const CLIENT = { id: "marketplace", secret: "issuer-client-secret-of-tests" };

/** A real OpenID Connect issuer (oidc-provider) on loopback, whose sign-in page is replaced by whom the test names. */
export async function startOidcIssuer(algorithm: "RS256" | "ES256" = "RS256"): Promise<OidcIssuer> {
  const { privateKey } = algorithm === "RS256" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const people = new Map<string, IssuerPerson>();
  let next = "";
  let altered: { change: (claims: Record<string, unknown>) => Record<string, unknown>; key: KeyObject } | null = null;
  let provider: Provider | null = null;
  const server = createServer((request, response) => void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error))));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (provider === null) throw new Error("No client was allowed.");
    if (request.url?.startsWith("/interaction/")) {
      const { prompt } = await provider.interactionDetails(request, response);
      if (prompt.name !== "login") throw new Error(`The issuer asks for ${prompt.name}.`);
      return await provider.interactionFinished(request, response, { login: { accountId: next } });
    }
    const change = altered;
    if (request.url?.startsWith("/token") && change !== null) alterAnswer(response, change);
    await provider.callback()(request, response);
  }

  return {
    url,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    allow: (redirectUri) => {
      const jwk = { ...privateKey.export({ format: "jwk" }), kid: "test", alg: algorithm, use: "sig" };
      provider = new Provider(url, configuration(redirectUri, jwk as never, people, algorithm));
    },
    person: (person) => {
      people.set(person.sub, person);
      next = person.sub;
    },
    alter: (change, key = privateKey) => void (altered = change === null ? null : { change, key }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function configuration(redirectUri: string, jwk: NonNullable<Configuration["jwks"]>["keys"][number], people: Map<string, IssuerPerson>, algorithm: "RS256" | "ES256"): Configuration {
  return {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri], grant_types: ["authorization_code"], response_types: ["code"], id_token_signed_response_alg: algorithm }],
    enabledJWA: { idTokenSigningAlgValues: [algorithm] },
    jwks: { keys: [jwk] },
    cookies: { keys: ["issuer-cookie-secret-of-tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => Promise.resolve({ ...(people.get(sub) ?? {}), sub }) }),
    // Consent is taken for granted: it is the issuer's business.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  };
}

/** Rewrites the ID token in the answer of the token endpoint. */
function alterAnswer(response: ServerResponse, { change, key }: { change: (claims: Record<string, unknown>) => Record<string, unknown>; key: KeyObject }): void {
  const end = response.end.bind(response) as (chunk: unknown) => ServerResponse;
  response.end = ((chunk: unknown) => {
    const body = JSON.parse(String(chunk)) as { id_token?: string };
    if (body.id_token !== undefined) {
      const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<string, unknown>;
      body.id_token = signToken(change(claims), key);
    }
    const text = JSON.stringify(body);
    response.setHeader("content-length", Buffer.byteLength(text));
    return end(text);
  }) as typeof response.end;
}

function signToken(claims: Record<string, unknown>, key: KeyObject): string {
  const head = [{ alg: "RS256", kid: "test", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${head}.${sign("sha256", Buffer.from(head), key).toString("base64url")}`;
}
