import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What the double says about its user, in the form of GitHub's REST API. */
export interface GithubUser {
  id: number;
  login: string;
  emails: { email: string; primary: boolean; verified: boolean }[];
}

export interface GithubDouble {
  url: string;
  clientId: string;
  clientSecret: string;
  user: (user: GithubUser) => void;
  close: () => Promise<void>;
}

/**
 * Stands in for GitHub Enterprise: nothing real of GitHub runs outside of GitHub. The four addresses that a sign-in
 * uses answer as its documentation says, PKCE (S256), client secret and one use of a code included.
 */
export async function startGithubDouble(): Promise<GithubDouble> {
  const client = { clientId: "github-client", clientSecret: "github-client-secret-of-tests" };
  const codes = new Map<string, { challenge: string; redirect: string }>();
  const tokens = new Map<string, GithubUser>();
  let current: GithubUser = { id: 1, login: "nobody", emails: [] };
  const server = createServer((request, response) => void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error))));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://github");
    const json = (status: number, body: unknown) => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/login/oauth/authorize") {
      const code = randomBytes(10).toString("hex");
      const redirect = searchParams.get("redirect_uri") ?? "";
      codes.set(code, { challenge: searchParams.get("code_challenge") ?? "", redirect });
      const back = new URL(redirect);
      back.search = new URLSearchParams({ code, state: searchParams.get("state") ?? "" }).toString();
      return void response.writeHead(302, { location: back.href }).end();
    }
    if (pathname === "/login/oauth/access_token") {
      const form = new URLSearchParams(await text(request));
      const issued = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const basic = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64")}`;
      const proven = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url") === issued?.challenge;
      if (issued === undefined || !proven || form.get("redirect_uri") !== issued.redirect || request.headers.authorization !== basic) return json(400, { error: "bad_verification_code" });
      const token = `gho_${randomBytes(12).toString("hex")}`;
      tokens.set(token, current);
      return json(200, { access_token: token, token_type: "bearer", scope: "read:user,user:email" });
    }
    const user = tokens.get((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    if (user === undefined || request.headers["user-agent"] === undefined) return json(401, { message: "Bad credentials" });
    if (pathname === "/api/v3/user") return json(200, { id: user.id, login: user.login, name: "A Name", email: "shown-on-the-profile@example.org" });
    if (pathname === "/api/v3/user/emails") return json(200, user.emails);
    json(404, { message: "Not Found" });
  }

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    ...client,
    user: (user) => void (current = user),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
