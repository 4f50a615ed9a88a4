import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSignInLink, type Principal } from "#lib/accounts/index.ts";
import { makePerson, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { BrowserJar } from "#tests/support/browser-jar.ts";
import { askForLink, comeBack, sessionOf } from "#tests/support/sign-in.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let server: TestServer;
beforeAll(async () => void (server = await startTestServer({ worker: false })), 240_000);
afterAll(() => server?.stop());

/** A browser that is signed in; to an account of its own unless told whose. */
async function signedIn(person?: Principal) {
  const owner = person ?? (await makePerson(server.deps));
  const jar = new BrowserJar();
  jar.set("kos-session", (await makeSessionCookie(server.deps, owner)).replace("kos-session=", ""));
  return { owner, jar };
}

const call = (jar: BrowserJar, method: string, path: string, body?: unknown) => jar.fetch(`${server.url}${path}`, { method, headers: { origin: server.url, ...(body === undefined ? {} : { "content-type": "application/json" }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const whoIs = async (jar: BrowserJar) => {
  const answer = await call(jar, "GET", "/api/v1/account");
  return answer.status === 200 ? ((await answer.json()) as { id: string }).id : answer.status;
};
const sessionsOf = async (jar: BrowserJar) => ((await (await call(jar, "GET", "/api/v1/sessions")).json()) as { items: { id: string; current: boolean; device: string | null; network: string | null; lastUsedAt: string | null }[] }).items;
const useLink = (jar: BrowserJar, token: string) => jar.fetch(`${server.url}/api/v1/session/link`, { method: "POST", headers: { origin: server.url, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ token }) });

async function oneTimeLink(person: Principal): Promise<string> {
  const { url } = await server.deps.db.$transaction((tx) => createSignInLink(tx, { userId: person.userId, publicUrl: server.url, now: new Date() }));
  return new URL(url).searchParams.get("token") ?? "";
}

describe("the list of sessions", () => {
  test("names this device and its network, and no one else's sessions", async () => {
    const { owner, jar } = await signedIn();
    const other = await signedIn(owner);
    await signedIn();
    await server.deps.db.session.updateMany({ where: { userId: owner.userId }, data: { lastUsedAt: new Date(Date.now() - 120_000) } });
    const seen = await waitFor("the note of a use", async () => {
      const [first] = await sessionsOf(jar);
      return first?.device == null ? undefined : first;
    });
    expect(seen).toMatchObject({ current: true, device: "Firefox on Linux", network: `${jar.client.split(".").slice(0, 3).join(".")}.0/24` });
    expect((await sessionsOf(jar)).map(({ current }) => current)).toEqual([true, false]);
    expect(await whoIs(other.jar)).toBe(owner.userId);
    const page = await (await jar.fetch(`${server.url}/settings/sign-in`)).text();
    expect(page).toContain("this device");
    expect(page).not.toContain(sessionOf(other.jar) ?? "");
  });

  test("another's session cannot be ended, one's own can", async () => {
    const [mine, theirs] = [await signedIn(), await signedIn()];
    const [target] = await sessionsOf(theirs.jar);
    expect((await call(mine.jar, "DELETE", `/api/v1/sessions/${target?.id}`)).status).toBe(404);
    expect((await call(mine.jar, "DELETE", "/api/v1/sessions/nothing")).status).toBe(404);
    expect(await whoIs(theirs.jar)).toBe(theirs.owner.userId);
    const second = await signedIn(theirs.owner);
    expect((await call(second.jar, "DELETE", `/api/v1/sessions/${target?.id}`)).status).toBe(200);
    expect([await whoIs(theirs.jar), await whoIs(second.jar)]).toEqual([401, theirs.owner.userId]);
  });
});

describe("a stolen cookie", () => {
  test("opens nothing once its owner signed out everywhere else", async () => {
    const { owner, jar } = await signedIn();
    const victim = await signedIn(owner);
    const thief = victim.jar.steal();
    expect(await whoIs(thief)).toBe(owner.userId);
    const answer = await call(jar, "POST", "/api/v1/sessions/end-all", { keepThis: true });
    expect(await answer.json()).toEqual({ ended: 1 });
    expect([await whoIs(thief), await whoIs(victim.jar), await whoIs(jar)]).toEqual([401, 401, owner.userId]);
    expect((await thief.fetch(`${server.url}/tokens`)).status).toBe(307);
  });

  test("opens nothing once its owner signed out everywhere, this device included", async () => {
    const { owner, jar } = await signedIn();
    const thief = jar.steal();
    await call(jar, "POST", "/api/v1/sessions/end-all", { keepThis: false });
    expect(sessionOf(jar)).toBeNull();
    expect(await whoIs(thief)).toBe(401);
    expect(await server.deps.db.session.count({ where: { userId: owner.userId } })).toBe(0);
    expect(await server.deps.db.auditEvent.count({ where: { name: "accounts:session:end-all", subject: `user:${owner.userId}` } })).toBe(1);
  });

  test("does not survive a sign-out of the browser it was stolen from", async () => {
    const { jar } = await signedIn();
    const thief = jar.steal();
    await call(jar, "POST", "/api/v1/session/sign-out");
    expect(await whoIs(thief)).toBe(401);
  });

  test("cannot move the account to another address once an hour has passed", async () => {
    const { owner, jar } = await signedIn();
    await server.deps.db.session.updateMany({ where: { userId: owner.userId }, data: { authenticatedAt: new Date(Date.now() - 3_700_000) } });
    const answer = await call(jar.steal(), "POST", "/api/v1/account/email", { email: "thief@example.org" });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, "step-up-required"]);
    expect(await server.deps.db.mail.count({ where: { to: "thief@example.org" } })).toBe(0);
  });

  test("of a suspended or deleted account is worth nothing, on pages neither", async () => {
    for (const shut of [{ suspendedAt: new Date() }, { deletedAt: new Date() }]) {
      const { owner, jar } = await signedIn();
      expect(await whoIs(jar)).toBe(owner.userId);
      await server.deps.db.user.update({ where: { id: owner.userId }, data: shut });
      expect(await whoIs(jar)).toBe(401);
      expect((await jar.fetch(`${server.url}/settings`)).status).toBe(307);
    }
  });
});

describe("an e-mail link", () => {
  test("opens one session, whoever of fifty comes first, and none afterwards", async () => {
    const email = `${uniqueName("reader")}@example.org`;
    const link = await askForLink(server, new BrowserJar(), email);
    const jars = Array.from({ length: 50 }, () => new BrowserJar());
    const ends = await Promise.all(jars.map((jar) => comeBack(jar, link)));
    expect(ends.filter((path) => path === "/log")).toHaveLength(1);
    expect(new Set(ends)).toEqual(new Set(["/log", "/sign-in/error?error=Verification"]));
    expect(jars.filter((jar) => sessionOf(jar) !== null)).toHaveLength(1);
    const { id } = await server.deps.db.user.findUniqueOrThrow({ where: { email } });
    expect(await server.deps.db.session.count({ where: { userId: id } })).toBe(1);
    expect(await comeBack(new BrowserJar(), link)).toBe("/sign-in/error?error=Verification");
  });

  test("opens nothing from another site, which could sign a visitor in to an account of its own; it still works from our page", async () => {
    const { userId, email } = await makePerson(server.deps);
    const link = await askForLink(server, new BrowserJar(), email);
    for (const site of ["cross-site", "same-site", "none"]) {
      for (const method of ["GET", "POST"]) {
        const jar = new BrowserJar();
        const answer = await jar.fetch(link, { method, headers: { "sec-fetch-site": site } });
        expect([answer.status, new URL(answer.headers.get("location") ?? "").pathname, sessionOf(jar)], `${method} ${site}`).toEqual([303, "/sign-in/error", null]);
      }
    }
    const jar = new BrowserJar();
    await jar.fetch(link, { headers: { "sec-fetch-site": "same-origin" } });
    expect(await whoIs(jar)).toBe(userId);
  });

  test("opens nothing when it is over, altered, or for another address", async () => {
    const { email } = await makePerson(server.deps);
    const link = await askForLink(server, new BrowserJar(), email);
    const other = new URL(link);
    other.searchParams.set("email", (await makePerson(server.deps)).email);
    const altered = new URL(link);
    altered.searchParams.set("token", "0".repeat(64));
    for (const bad of [other, altered]) expect(await comeBack(new BrowserJar(), bad)).toBe("/sign-in/error?error=Verification");
    await server.deps.db.verificationToken.updateMany({ where: { identifier: email }, data: { expires: new Date(Date.now() - 1000) } });
    expect(await comeBack(new BrowserJar(), link)).toBe("/sign-in/error?error=Verification");
    expect(await server.deps.db.session.count({ where: { user: { email } } })).toBe(0);
  });

  test("a cookie that an attacker planted before never becomes the victim's", async () => {
    const [attacker, victim] = [await signedIn(), await makePerson(server.deps)];
    const planted = sessionOf(attacker.jar) ?? "";
    for (const cookie of [planted, "chosen-by-the-attacker"]) {
      const browser = new BrowserJar();
      browser.set("kos-session", cookie);
      await comeBack(browser, await askForLink(server, browser, victim.email));
      expect(sessionOf(browser)).not.toBe(cookie);
      expect(await whoIs(browser)).toBe(victim.userId);
      const reused = new BrowserJar();
      reused.set("kos-session", cookie);
      expect(await whoIs(reused)).toBe(401);
    }
  });

  test("makes a fresh session of the same account too, and ends the old one", async () => {
    const { owner, jar } = await signedIn();
    const thief = jar.steal();
    await comeBack(jar, await askForLink(server, jar, owner.email));
    expect([await whoIs(jar), await whoIs(thief)]).toEqual([owner.userId, 401]);
    expect(await server.deps.db.session.count({ where: { userId: owner.userId } })).toBe(1);
  });

  test("is not sent to a suspended account, which is told so in the same answer", async () => {
    const { userId, email } = await makePerson(server.deps);
    const early = await askForLink(server, new BrowserJar(), email);
    await server.deps.db.user.update({ where: { id: userId }, data: { suspendedAt: new Date() } });
    expect(await comeBack(new BrowserJar(), early)).toBe("/sign-in/error?error=AccessDenied");
    await expect(askForLink(server, new BrowserJar(), email).then((link) => link.href)).resolves.toBe(early.href);
    expect(await server.deps.db.mail.count({ where: { to: email, event: "account.shut" } })).toBe(1);
    expect(await server.deps.db.session.count({ where: { userId } })).toBe(0);
  });
});

describe("a one-time link of the operator", () => {
  test("opens one session of fifty at once, and none afterwards or when it is over", async () => {
    const person = await makePerson(server.deps);
    const token = await oneTimeLink(person);
    const jars = Array.from({ length: 50 }, () => new BrowserJar());
    await Promise.all(jars.map((jar) => useLink(jar, token)));
    expect(jars.filter((jar) => sessionOf(jar) !== null)).toHaveLength(1);
    const late = await oneTimeLink(person);
    await server.deps.db.signInLink.updateMany({ where: { userId: person.userId, usedAt: null }, data: { expiresAt: new Date(Date.now() - 1000) } });
    for (const spent of [token, late]) expect((await useLink(new BrowserJar(), spent)).headers.get("location")).toBe("/sign-in/error?error=Verification");
    expect(await server.deps.db.session.count({ where: { userId: person.userId } })).toBe(1);
  });

  test("ends the session whose cookie came along", async () => {
    const [planted, person] = [await signedIn(), await makePerson(server.deps)];
    const browser = planted.jar.steal();
    await useLink(browser, await oneTimeLink(person));
    expect([await whoIs(browser), await whoIs(planted.jar)]).toEqual([person.userId, 401]);
  });
});

describe("a change of address, over HTTP", () => {
  const tokenOf = async (to: string, event: string) => /token=(\S+)/.exec((await server.deps.db.mail.findFirstOrThrow({ where: { to, event }, orderBy: { createdAt: "desc" } })).text)?.[1] ?? "";

  test("goes there and back; the thief's session ends, the owner signs in with the old address", async () => {
    const { owner, jar } = await signedIn();
    const wanted = `${uniqueName("moved")}@example.org`;
    expect((await call(jar, "POST", "/api/v1/account/email", { email: wanted })).status).toBe(202);
    const token = await tokenOf(wanted, "account.email-confirm");
    expect((await jar.fetch(`${server.url}/settings/email/confirm?token=${token}`)).status, "a visit changes nothing").toBe(200);
    expect((await call((await signedIn()).jar, "POST", "/api/v1/account/email/confirm", { token })).status, "a stranger's press").toBe(410);
    expect(await (await call(jar, "POST", "/api/v1/account/email/confirm", { token })).json()).toEqual({ email: wanted });
    expect(await comeBack(new BrowserJar(), await askForLink(server, new BrowserJar(), owner.email)), "the old address is held").toBe("/sign-in/error?error=AddressHeld");
    const undo = await tokenOf(owner.email, "account.email-changed");
    expect(await (await call(new BrowserJar(), "POST", "/api/v1/account/email/undo", { token: undo })).json()).toEqual({ email: owner.email });
    expect((await call(new BrowserJar(), "POST", "/api/v1/account/email/undo", { token: undo })).status).toBe(410);
    expect(await whoIs(jar)).toBe(401);
    const back = new BrowserJar();
    await comeBack(back, await askForLink(server, back, owner.email));
    expect(await whoIs(back)).toBe(owner.userId);
  });

  test("is not for tokens, and neither are the name and the sessions", async () => {
    const headers = { authorization: `Bearer ${await makeToken(server.deps, await makePerson(server.deps, ["administrator"]), ["admin", "read"])}`, "content-type": "application/json" };
    const ask = (path: string, method: string, body: unknown) => server.request(path, { method, headers, body: JSON.stringify(body) });
    expect((await ask("/api/v1/account/email", "POST", { email: "token@example.org" })).status).toBe(403);
    expect((await ask("/api/v1/identities/connect", "POST", { provider: "oidc" })).status).toBe(403);
    expect((await ask("/api/v1/account", "PATCH", { name: "Mara" })).status).toBe(403);
    const { id } = await server.deps.db.session.findFirstOrThrow();
    const answers = [await server.request("/api/v1/sessions", { headers }), await server.request(`/api/v1/sessions/${id}`, { method: "DELETE", headers }), await ask("/api/v1/sessions/end-all", "POST", { keepThis: true })];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test("leaves the name alone, which changes in a session; hidden characters are refused", async () => {
    const [{ owner: other }, { jar }] = [await signedIn(), await signedIn()];
    const change = (body: unknown) => call(jar, "PATCH", "/api/v1/account", body);
    expect((await change({ name: "Mara\u202e" })).status).toBe(400);
    expect(await (await change({ name: "  Mara Lindt ", language: "de" })).json()).toMatchObject({ name: "Mara Lindt", language: "de" });
    expect(await (await change({ name: "" })).json()).toMatchObject({ name: null, language: "de" });
    expect((await server.deps.db.user.findUniqueOrThrow({ where: { id: other.userId } })).language).toBe("en");
  });
});
