import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePerson, makePublisher, makeSessionCookie, uniqueName } from "#tests/support/accounts.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { PAGES, RULES } from "../../app/api/_rules.ts";

let server: TestServer;
let cookie: string;
let slug: string;
let listing: string;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  const owner = await makePerson(server.deps, ["administrator"]);
  cookie = await makeSessionCookie(server.deps, owner);
  slug = await makePublisher(server.deps, owner);
  listing = uniqueName("headers");
  await publishService(server.deps, { principal: owner, publisher: slug }, listing);
}, 120_000);
afterAll(() => server.stop());

const fill = (pattern: string) => pattern.replace("{id}", pattern.includes("submissions") || pattern.includes("review") || pattern.includes("uploads") ? "01900000-0000-7000-8000-000000000000" : listing).replace("{slug}", slug).replace(/\{(version|a|b)\}/g, "1.0.0").replace("{file}", "feed.v1.json");

/** Directives of a policy by name. */
const directives = (policy: string) => Object.fromEntries(policy.split(";").map((part) => part.trim().split(/\s+/)).map(([name = "", ...values]) => [name, values]));

describe("pages", () => {
  test.each(Object.keys(PAGES))("%s carries the policy, and every script in it the policy's nonce", async (page) => {
    const response = await server.request(fill(page), { headers: { cookie } });
    const html = await response.text();
    const policy = directives(response.headers.get("content-security-policy") ?? "");
    expect(policy["default-src"]).toEqual(["'self'"]);
    expect(policy["object-src"]).toEqual(["'none'"]);
    expect(policy["base-uri"]).toEqual(["'none'"]);
    expect(policy["frame-ancestors"]).toEqual(["'none'"]);
    expect(policy["form-action"]).toEqual(["'self'"]);
    expect(policy["script-src"]).not.toContain("'unsafe-inline'");
    expect(policy["script-src"]).not.toContain("'unsafe-eval'");
    expect(policy["style-src"]).not.toContain("'unsafe-inline'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect(response.headers.get("referrer-policy")).toBeTruthy();
    expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(response.headers.get("x-powered-by")).toBeNull();
    const nonce = policy["script-src"]?.map((value) => /^'nonce-(.+)'$/.exec(value)?.[1]).find((value) => value !== undefined);
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map((match) => match[0]).filter((tag) => !tag.includes("application/ld+json"));
    if (response.status < 300) expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/i);
  });

  test("no two answers share a nonce", async () => {
    const policies = await Promise.all(Array.from({ length: 5 }, async () => (await server.request("/")).headers.get("content-security-policy")));
    expect(new Set(policies).size).toBe(5);
  });

  test("an address that does not exist carries the policy too", async () => {
    const response = await server.request("/no/such/page");
    expect(response.status).toBe(404);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
  });
});

describe("the interface", () => {
  test.each(Object.keys(RULES).filter((name) => name.startsWith("GET ")))("%s is not sniffed and says who may keep it", async (name) => {
    const response = await server.request(fill(name.slice(4)), { headers: { cookie } });
    await response.arrayBuffer();
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBeTruthy();
    const rule = RULES[name as keyof typeof RULES];
    if (rule.auth.who !== "anyone") expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  test.each([
    ["a method that the feed has not", "POST", "/api/feed.json", 405],
    ["a listing that does not exist", "GET", "/api/v1/listings/nothing-here", 404],
    ["a download that does not exist", "GET", "/api/service/nothing-here/download", 404],
    ["an object address without a signature", "GET", "/_objects/artifacts/x", 403],
    ["no token", "GET", "/api/v1/tokens", 401],
    ["an upload of another type", "POST", "/api/v1/validate", 415],
  ])("a refusal, %s, is a problem document, not sniffed and not kept", async (_what, method, path, status) => {
    const response = await server.request(path, { method, ...(method === "POST" ? { body: "x" } : {}) });
    const body = (await response.json()) as Record<string, unknown>;
    expect([response.status, body["status"]]).toEqual([status, status]);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
    for (const member of ["type", "title", "detail", "code"]) expect(body[member], member).toBeTruthy();
  });

  test("an icon comes as an inert picture", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const sha256 = createHash("sha256").update(svg).digest("hex");
    await server.deps.store.put(`icons/${sha256}`, svg, { sha256, contentType: "image/svg+xml" });
    await server.deps.db.listing.update({ where: { slug: listing }, data: { iconSha256: sha256 } });
    const response = await server.request(`/api/v1/listings/${listing}/icon`);
    expect([response.status, response.headers.get("content-type"), response.headers.get("x-content-type-options")]).toEqual([200, "image/svg+xml", "nosniff"]);
    const policy = directives(response.headers.get("content-security-policy") ?? "");
    expect([policy["default-src"], policy["sandbox"], policy["script-src"]]).toEqual([["'none'"], [], undefined]);
  });
});

test("the session cookie cannot be read by scripts nor sent from other sites", async () => {
  const { createSignInLink } = await import("#lib/accounts/index.ts");
  const person = await makePerson(server.deps);
  const { url } = await server.deps.db.$transaction((tx) => createSignInLink(tx, { userId: person.userId, publicUrl: server.url, now: new Date() }));
  const response = await server.request("/api/v1/session/link", { method: "POST", body: new URLSearchParams({ token: new URL(url).searchParams.get("token") ?? "" }), headers: { origin: server.url } });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
  expect(response.headers.get("set-cookie")).toMatch(/^kos-session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
  expect(response.headers.get("cache-control")).toBe("no-store");
});
