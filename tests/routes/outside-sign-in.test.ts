import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makePerson, makeSessionCookie, uniqueName } from "#tests/support/accounts.ts";
import { BrowserJar } from "#tests/support/browser-jar.ts";
import { startGithubDouble, type GithubDouble } from "#tests/support/github-double.ts";
import { startOidcIssuer, type OidcIssuer } from "#tests/support/oidc-issuer.ts";
import { comeBack, passProvider, pressProvider, sessionOf, signInWith } from "#tests/support/sign-in.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";

let issuer: OidcIssuer;
let github: GithubDouble;
let server: TestServer;
beforeAll(async () => {
  [issuer, github] = await Promise.all([startOidcIssuer(), startGithubDouble()]);
  server = await startTestServer({
    worker: false,
    environment: { AUTH_OIDC_ISSUER: issuer.url, AUTH_OIDC_CLIENT_ID: issuer.clientId, AUTH_OIDC_CLIENT_SECRET: issuer.clientSecret, AUTH_OIDC_NAME: "Harbour ID", AUTH_GITHUB_ID: github.clientId, AUTH_GITHUB_SECRET: github.clientSecret, AUTH_GITHUB_URL: github.url },
  });
  issuer.allow(`${server.url}/api/auth/callback/oidc`);
}, 240_000);
afterAll(async () => {
  await server?.stop();
  await Promise.all([issuer?.close(), github?.close()]);
});
beforeEach(() => issuer.alter(null));

/** Somebody whom the issuer knows and has verified, and whom nobody else is. */
function someone(changes: { email?: string; email_verified?: boolean } = {}) {
  const sub = uniqueName("sub");
  const person = { sub, email: `${sub}@example.org`, email_verified: true, preferred_username: sub, ...changes };
  issuer.person(person);
  return person;
}

const key = (sub: string) => ({ provider: "oidc", providerAccountId: `${issuer.url}#${sub}` });
const account = (sub: string) => server.deps.db.account.findUnique({ where: { provider_providerAccountId: key(sub) }, include: { user: true } });
const userOf = (email: string) => server.deps.db.user.findUnique({ where: { email } });

/** A browser that is signed in to an account of its own. */
async function signedIn() {
  const person = await makePerson(server.deps);
  const jar = new BrowserJar();
  jar.set("kos-session", (await makeSessionCookie(server.deps, person)).replace("kos-session=", ""));
  return { person, jar };
}

const post = (jar: BrowserJar, path: string, body: unknown, headers: Record<string, string> = {}) => jar.fetch(`${server.url}${path}`, { method: "POST", headers: { "content-type": "application/json", origin: server.url, ...headers }, body: JSON.stringify(body) });
const connect = (jar: BrowserJar, provider = "oidc") => post(jar, "/api/v1/identities/connect", { provider });

/** Refused with this word: signed out as before, and nothing of the identity stored. */
async function expectRefused(jar: BrowserJar, path: string, sub: string, email: string | null = null): Promise<void> {
  expect(sessionOf(jar), path).toBeNull();
  expect(await account(sub)).toBeNull();
  if (email !== null) expect(await userOf(email)).toBeNull();
}

describe("signing in through an OpenID Connect issuer", () => {
  test("opens an account with the verified address, and the same one the next time", async () => {
    const { sub, email } = someone();
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe("/log");
    const first = await account(sub);
    expect(first).toMatchObject({ label: sub, user: { email, name: null } });
    expect(await (await jar.fetch(`${server.url}/api/v1/account`)).json()).toMatchObject({ id: first?.userId, email });
    const again = new BrowserJar();
    await signInWith(server, again, "oidc");
    expect((await server.deps.db.session.findMany({ where: { userId: first?.userId ?? "" } })).map(({ method }) => method)).toEqual(["oidc", "oidc"]);
    expect(await server.deps.db.auditEvent.count({ where: { name: "accounts:identity:link", subject: `user:${first?.userId}` } })).toBe(1);
  });

  test("an issuer that renames the address of a subject renames no account", async () => {
    const { sub, email } = someone();
    await signInWith(server, new BrowserJar(), "oidc");
    const { email: victim } = await makePerson(server.deps);
    issuer.person({ sub, email: victim, email_verified: true });
    const jar = new BrowserJar();
    await signInWith(server, jar, "oidc");
    expect(await (await jar.fetch(`${server.url}/api/v1/account`)).json()).toMatchObject({ email });
  });

  test("the buttons are those of the providers that are set up", async () => {
    const page = await (await server.request("/sign-in")).text();
    expect(page).toContain("Harbour ID");
    expect(page).toContain("GitHub");
  });
});

describe("an account is not taken over", () => {
  test("by an address that the issuer has not verified", async () => {
    const { sub, email } = someone({ email_verified: false });
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe("/sign-in/error?error=EmailUnverified");
    await expectRefused(jar, "unverified", sub, email);
  });

  test("by an identity with its address, verified or not, and whoever owned that identity before", async () => {
    const { email } = await makePerson(server.deps);
    const { sub } = someone({ email: email.toUpperCase() });
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe("/sign-in/error?error=AddressTaken");
    await expectRefused(jar, "existing", sub);
    const page = await (await jar.fetch(`${server.url}/sign-in/error?error=AddressTaken`)).text();
    expect(page).toContain("connect the provider in your settings");
  });

  test("by another subject that the issuer gives the same address", async () => {
    const { email } = someone();
    await signInWith(server, new BrowserJar(), "oidc");
    const { sub } = someone({ email });
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe("/sign-in/error?error=AddressTaken");
    await expectRefused(jar, "changed subject", sub);
  });

  test("by twelve first sign-ins at once: one account, with one identity", async () => {
    const { sub, email } = someone();
    const attempts = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const jar = new BrowserJar();
        return { jar, back: await passProvider(server, await pressProvider(server, jar, "oidc")) };
      }),
    );
    await Promise.all(attempts.map(({ jar, back }) => comeBack(jar, back)));
    const { id } = (await userOf(email)) ?? { id: "" };
    expect(await server.deps.db.account.findMany({ where: { userId: id } })).toMatchObject([key(sub)]);
    expect(attempts.filter(({ jar }) => sessionOf(jar) !== null).length).toBeGreaterThan(0);
  });

  test("by a suspended account's own identity", async () => {
    const { sub } = someone();
    await signInWith(server, new BrowserJar(), "oidc");
    await server.deps.db.user.update({ where: { id: (await account(sub))?.userId ?? "" }, data: { suspendedAt: new Date() } });
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe("/sign-in/error?error=AccessDenied");
    expect(sessionOf(jar)).toBeNull();
  });
});

describe("an answer of the issuer is believed once, in the browser that asked, as it was signed", () => {
  const REFUSED = "/sign-in/error?error=OAuthCallback";

  test("not in another browser, which never asked", async () => {
    const { sub } = someone();
    const back = await passProvider(server, await pressProvider(server, new BrowserJar(), "oidc"));
    const victim = new BrowserJar();
    expect(await comeBack(victim, back)).toBe(REFUSED);
    await expectRefused(victim, "no state", sub);
    const asking = new BrowserJar();
    await pressProvider(server, asking, "oidc");
    expect(await comeBack(asking, back)).toBe(REFUSED);
    await expectRefused(asking, "another state", sub);
  });

  test("not twice, even with the cookies of the first time", async () => {
    someone();
    const jar = new BrowserJar();
    const back = await passProvider(server, await pressProvider(server, jar, "oidc"));
    const thief = jar.steal();
    await comeBack(jar, back);
    expect(sessionOf(jar)).not.toBeNull();
    expect(await comeBack(jar, back)).toBe(REFUSED);
    expect(await comeBack(thief, back)).toBe(REFUSED);
    expect(sessionOf(thief)).toBeNull();
  });

  test("a button is pressed by our own page only", async () => {
    const answer = await new BrowserJar().fetch(`${server.url}/api/auth/signin/oidc`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrfToken: "guessed", callbackUrl: "/" }) });
    expect(new URL(answer.headers.get("location") ?? "", server.url).origin).toBe(server.url);
  });

  const FORGED: [string, (claims: Record<string, unknown>) => Record<string, unknown>][] = [
    ["for another client", (claims) => ({ ...claims, aud: "somebody-else" })],
    ["with another nonce", (claims) => ({ ...claims, nonce: "guessed" })],
    ["without a nonce", ({ nonce: _nonce, ...claims }) => claims],
    ["of another issuer", (claims) => ({ ...claims, iss: "https://other.example" })],
    ["that is over", (claims) => ({ ...claims, exp: 1_700_000_000, iat: 1_699_999_000 })],
    ["that names another subject than userinfo", (claims) => ({ ...claims, sub: "somebody-else" })],
  ];
  test.each(FORGED)("no ID token %s", async (_what, change) => {
    const { sub } = someone();
    issuer.alter(change);
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe(REFUSED);
    await expectRefused(jar, "forged", sub);
    await expectRefused(jar, "forged", "somebody-else");
  });

  test("no ID token that another key signed; the same one by the issuer's key opens", async () => {
    const { sub } = someone();
    issuer.alter((claims) => claims, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "oidc")).toBe(REFUSED);
    await expectRefused(jar, "another key", sub);
    issuer.alter((claims) => claims);
    expect(await signInWith(server, jar, "oidc")).toBe("/log");
  });
});

describe("when the issuer asked its person", () => {
  const HOURS = 3_600;
  const authenticated = async (sub: string) => (await server.deps.db.session.findFirstOrThrow({ where: { user: { accounts: { some: key(sub) } } }, orderBy: { id: "desc" } })).authenticatedAt.getTime() / 1000;
  const issueToken = (jar: BrowserJar) => post(jar, "/api/v1/tokens", { name: "Build server", scopes: ["read"], expiresInDays: 1 });

  test("counts, where it says so: a browser that it still knows proves nothing new, and no moment to come counts", async () => {
    const { sub } = someone();
    const now = Math.floor(Date.now() / 1000);
    issuer.alter((claims) => ({ ...claims, auth_time: now - 2 * HOURS }));
    const jar = new BrowserJar();
    await signInWith(server, jar, "oidc");
    expect(await authenticated(sub)).toBe(now - 2 * HOURS);
    expect(await (await issueToken(jar)).json()).toMatchObject({ code: "step-up-required" });
    issuer.alter((claims) => ({ ...claims, auth_time: now + 24 * HOURS }));
    await signInWith(server, jar, "oidc");
    expect(await authenticated(sub)).toBeLessThan(now + HOURS);
    expect((await issueToken(jar)).status).toBe(201);
  });

  test("is asked for by signing in again: the issuer asks anew and says when", async () => {
    const { sub } = someone();
    const jar = new BrowserJar();
    const before = Math.floor(Date.now() / 1000);
    const address = await pressProvider(server, jar, "oidc?prompt=login&max_age=0");
    expect([...new URL(address).searchParams]).toEqual(expect.arrayContaining([["prompt", "login"], ["max_age", "0"]]));
    let said: unknown = null;
    issuer.alter((claims) => ({ ...claims, auth_time: (said = claims["auth_time"]) }));
    await comeBack(jar, await passProvider(server, address));
    expect(said).toBeGreaterThanOrEqual(before);
    expect(await authenticated(sub)).toBe(said);
  });
});

test("an issuer that signs with ES256 alone signs people in", async () => {
  const modern = await startOidcIssuer("ES256");
  const other = await startTestServer({ worker: false, environment: { AUTH_OIDC_ISSUER: modern.url, AUTH_OIDC_CLIENT_ID: modern.clientId, AUTH_OIDC_CLIENT_SECRET: modern.clientSecret, AUTH_OIDC_NAME: "Modern ID" } });
  try {
    modern.allow(`${other.url}/api/auth/callback/oidc`);
    const sub = uniqueName("sub");
    modern.person({ sub, email: `${sub}@example.org`, email_verified: true });
    const jar = new BrowserJar();
    expect(await signInWith(other, jar, "oidc")).toBe("/log");
    expect(sessionOf(jar)).not.toBeNull();
  } finally {
    await other.stop();
    await modern.close();
  }
}, 120_000);

describe("connecting an identity to an account", () => {
  test("works for its signed-in owner who asked for it, and the owner is told", async () => {
    const { person, jar } = await signedIn();
    const { sub } = someone();
    expect((await connect(jar)).status).toBe(200);
    const before = sessionOf(jar);
    expect(await signInWith(server, jar, "oidc", "/settings/sign-in")).toBe("/settings/sign-in");
    expect(sessionOf(jar)).toBe(before);
    expect(await account(sub)).toMatchObject({ userId: person.userId });
    const mail = await server.deps.db.mail.findFirstOrThrow({ where: { to: person.email, event: "account.identity-connected" } });
    expect(mail.text).toContain("Harbour ID");
    const events = await server.deps.db.auditEvent.findMany({ where: { name: "accounts:identity:link", subject: `user:${person.userId}` } });
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain("@");
    const fresh = new BrowserJar();
    await signInWith(server, fresh, "oidc");
    expect(await (await fresh.fetch(`${server.url}/api/v1/account`)).json()).toMatchObject({ id: person.userId });
  });

  test("not without having asked, and not after ten minutes", async () => {
    const { person, jar } = await signedIn();
    const { sub } = someone();
    expect(await signInWith(server, jar, "oidc")).toBe("/settings/sign-in?error=ConnectFirst");
    expect(await account(sub)).toBeNull();
    await connect(jar);
    await server.deps.db.session.updateMany({ where: { userId: person.userId }, data: { connectingUntil: new Date(Date.now() - 1) } });
    expect(await signInWith(server, jar, "oidc")).toBe("/settings/sign-in?error=ConnectFirst");
    await connect(jar, "github");
    expect(await signInWith(server, jar, "oidc"), "another provider was asked for").toBe("/settings/sign-in?error=ConnectFirst");
    expect(await account(sub)).toBeNull();
  });

  test("not one that another account has", async () => {
    const { sub } = someone();
    await signInWith(server, new BrowserJar(), "oidc");
    const owner = (await account(sub))?.userId;
    const { jar } = await signedIn();
    await connect(jar);
    expect(await signInWith(server, jar, "oidc")).toBe("/settings/sign-in?error=IdentityTaken");
    expect((await account(sub))?.userId).toBe(owner);
  });

  test("asking takes our own page, a fresh sign-in, a session and a provider that is set up", async () => {
    const { person, jar } = await signedIn();
    expect((await post(jar, "/api/v1/identities/connect", { provider: "oidc" }, { origin: "https://evil.example" })).status).toBe(403);
    expect((await connect(jar, "nobody")).status).toBe(404);
    await server.deps.db.session.updateMany({ where: { userId: person.userId }, data: { authenticatedAt: new Date(Date.now() - 7_200_000) } });
    const answer = await connect(jar);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, "step-up-required"]);
    expect(await server.deps.db.session.findFirst({ where: { userId: person.userId } })).toMatchObject({ connecting: null });
  });

  test("two accounts that connect the same identity at once: one has it", async () => {
    const { sub } = someone();
    const sides = await Promise.all(
      Array.from({ length: 2 }, async () => {
        const side = await signedIn();
        await connect(side.jar);
        return { ...side, back: await passProvider(server, await pressProvider(server, side.jar, "oidc")) };
      }),
    );
    await Promise.all(sides.map(({ jar, back }) => comeBack(jar, back)));
    const { userId } = (await account(sub)) ?? { userId: "" };
    expect(sides.map(({ person }) => person.userId)).toContain(userId);
    expect(await server.deps.db.auditEvent.count({ where: { name: "accounts:identity:link", subject: { in: sides.map(({ person }) => `user:${person.userId}`) } } })).toBe(1);
  });

  test("disconnecting is the owner's alone, and tells them", async () => {
    const { person, jar } = await signedIn();
    const { sub } = someone();
    await connect(jar);
    await signInWith(server, jar, "oidc", "/settings/sign-in");
    const { id } = (await account(sub)) ?? { id: "" };
    const remove = (by: BrowserJar) => by.fetch(`${server.url}/api/v1/identities/${id}`, { method: "DELETE", headers: { origin: server.url } });
    expect((await remove((await signedIn()).jar)).status).toBe(404);
    expect(await account(sub)).not.toBeNull();
    expect((await remove(jar)).status).toBe(200);
    expect((await remove(jar)).status).toBe(404);
    expect(await account(sub)).toBeNull();
    expect(await server.deps.db.mail.count({ where: { to: person.email, event: "account.identity-disconnected" } })).toBe(1);
    const fresh = new BrowserJar();
    await signInWith(server, fresh, "oidc");
    expect((await account(sub))?.userId, "from now on it is somebody else").not.toBe(person.userId);
  });
});

describe("signing in through GitHub (a double of its addresses)", () => {
  let id = 1000;
  const emails = (email: string, verified = true) => [{ email: "other@example.org", primary: false, verified: true }, { email, primary: true, verified }];

  test("takes the primary verified address, not the one on the profile", async () => {
    const login = uniqueName("octo");
    github.user({ id: ++id, login, emails: emails(`${login}@example.org`) });
    const jar = new BrowserJar();
    expect(await signInWith(server, jar, "github")).toBe("/log");
    expect(await (await jar.fetch(`${server.url}/api/v1/account`)).json()).toMatchObject({ email: `${login}@example.org`, name: null });
    expect(await (await jar.fetch(`${server.url}/api/v1/identities`)).json()).toMatchObject({ items: [{ provider: "github", label: login }] });
  });

  test("refuses one that is not verified, and one that has an account", async () => {
    const login = uniqueName("octo");
    github.user({ id: ++id, login, emails: emails(`${login}@example.org`, false) });
    expect(await signInWith(server, new BrowserJar(), "github")).toBe("/sign-in/error?error=EmailUnverified");
    const { email } = await makePerson(server.deps);
    github.user({ id: ++id, login, emails: emails(email) });
    expect(await signInWith(server, new BrowserJar(), "github")).toBe("/sign-in/error?error=AddressTaken");
  });

  test("refuses an answer in a browser that did not ask", async () => {
    const login = uniqueName("octo");
    github.user({ id: ++id, login, emails: emails(`${login}@example.org`) });
    const back = await passProvider(server, await pressProvider(server, new BrowserJar(), "github"));
    const victim = new BrowserJar();
    await pressProvider(server, victim, "github");
    expect(await comeBack(victim, back)).toBe("/sign-in/error?error=OAuthCallback");
    expect(sessionOf(victim)).toBeNull();
  });
});
