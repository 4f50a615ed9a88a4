import { BrowserJar } from "./browser-jar.ts";
import type { TestServer } from "./start-test-server.ts";

/** The session cookie of a browser; null when it is signed out. */
export function sessionOf(jar: BrowserJar): string | null {
  return jar.get("kos-session");
}

/** Presses a provider's button: the address at the provider that the browser is sent to. */
export async function pressProvider(server: TestServer, jar: BrowserJar, provider: string, callbackUrl = "/"): Promise<string> {
  const { csrfToken } = (await (await jar.fetch(`${server.url}/api/auth/csrf`)).json()) as { csrfToken: string };
  const answer = await jar.fetch(`${server.url}/api/auth/signin/${provider}`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", origin: server.url }, body: new URLSearchParams({ csrfToken, callbackUrl, json: "true" }) });
  return ((await answer.json()) as { url: string }).url;
}

/** Goes to the provider, which lets its current person in, and returns the address that it sends the browser back to. */
export async function passProvider(server: TestServer, address: string): Promise<URL> {
  // The provider's own cookies live in a browser of their own, so that it asks anew each time.
  const { url } = await new BrowserJar().follow(address, (at) => at.origin === server.url);
  return url;
}

/** A whole sign-in through a provider; returns the path with the query that the browser ends at. */
export async function signInWith(server: TestServer, jar: BrowserJar, provider: string, callbackUrl = "/log"): Promise<string> {
  const back = await passProvider(server, await pressProvider(server, jar, provider, callbackUrl));
  return await comeBack(jar, back);
}

/** Follows a provider's answer to where it ends. */
export async function comeBack(jar: BrowserJar, back: URL): Promise<string> {
  const { url, response } = await jar.follow(back);
  await response?.arrayBuffer();
  return `${url.pathname}${url.search}`;
}

/** Asks for a sign-in link and returns the address that its button leads to. */
export async function askForLink(server: TestServer, jar: BrowserJar, email: string): Promise<URL> {
  const { csrfToken } = (await (await jar.fetch(`${server.url}/api/auth/csrf`)).json()) as { csrfToken: string };
  const before = new Date();
  await jar.fetch(`${server.url}/api/auth/signin/email`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", origin: server.url }, body: new URLSearchParams({ csrfToken, email, callbackUrl: "/log", json: "true" }) });
  const mail = await server.deps.db.mail.findFirstOrThrow({ where: { to: email, event: "sign-in", createdAt: { gte: new Date(before.getTime() - 1000) } }, orderBy: { createdAt: "desc" } });
  const confirm = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? "");
  const callback = new URL("/api/auth/callback/email", server.url);
  for (const name of ["callbackUrl", "token", "email"]) callback.searchParams.set(name, confirm.searchParams.get(name) ?? "");
  return callback;
}
