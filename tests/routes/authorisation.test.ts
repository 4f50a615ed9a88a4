import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { TOKEN_SCOPES } from "#lib/accounts/schema.ts";
import { makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { publishForm } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService, submissionInReview } from "#tests/support/submissions.ts";
import { PAGES, RULES, type Rule } from "../../app/api/_rules.ts";

type Asked = Pick<Rule, "auth" | "bodyType">;
type Table = Record<string, Asked>;
const CALLERS = ["anonymous", "stranger", "member", "reviewer", "administrator", "wrong-scope", "foreign-origin"] as const;
type Caller = (typeof CALLERS)[number];
/** "served" is anything but a refusal for who is asking: a 400 or 404 came from behind the door. */
type Outcome = "served" | 401 | 403;

/** An id that no row has. */
const NOBODY = "01900000-0000-7000-8000-000000000000";

let server: TestServer;
/** Headers of a caller; a session is a new one each time, since one of the doors ends it. */
let credentials: Record<Caller, () => Promise<Record<string, string>>>;
let scopedTokens: Record<string, string>;
let filled: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  const { deps } = server;
  const owner = await makePerson(deps);
  const slug = await makePublisher(deps, owner);
  const listing = uniqueName("walked");
  await publishService(deps, { principal: owner, publisher: slug }, listing);
  const waiting = await submissionInReview(deps, { principal: owner, publisher: slug }, uniqueName("waiting"));
  filled = { a: "1.0.0", b: "1.0.0", file: "feed.v1.json", "/api/v1/submissions/": waiting.id, "/submissions/": waiting.id, "/review/": waiting.id, "/api/v1/tokens/": NOBODY, "/api/v1/factors/passkeys/": NOBODY, "/api/v1/uploads/": NOBODY, "/api/v1/sessions/": NOBODY, "/api/v1/identities/": NOBODY, "/api/v1/publishers/{slug}/": NOBODY, "/api/v1/transfers/": NOBODY, "/api/v1/claims/": NOBODY, slug, version: "1.0.0", fingerprint: "a".repeat(40), id: listing };
  const session = (person: Principal, origin = server.url) => async () => ({ cookie: await makeSessionCookie(deps, person), origin });
  const nothing = () => Promise.resolve({});
  const administrator = await makePerson(deps, ["administrator"]);
  credentials = {
    anonymous: nothing,
    stranger: session(await makePerson(deps)),
    member: session(owner),
    reviewer: session(await makePerson(deps, ["reviewer"])),
    administrator: session(administrator),
    "wrong-scope": nothing,
    "foreign-origin": session(administrator, "https://evil.example"),
  };
  const everything = await makePerson(deps, ["administrator", "reviewer"]);
  scopedTokens = Object.fromEntries(await Promise.all(TOKEN_SCOPES.map(async (scope) => [scope, await makeToken(deps, everything, TOKEN_SCOPES.filter((other) => other !== scope))])));
}, 120_000);
afterAll(() => server.stop());

/** What the table promises to a caller. */
function promised(rule: Asked, method: string, caller: Caller): Outcome {
  if (caller === "foreign-origin" && method !== "GET") return 403;
  if (rule.auth.who === "anyone") return "served";
  if (caller === "anonymous") return 401;
  if (caller === "wrong-scope") return 403;
  if (rule.auth.who === "member") return "served";
  const role = caller === "foreign-origin" ? "administrator" : caller;
  return (rule.auth.roles as readonly string[]).includes(role) ? "served" : 403;
}

function addressOf(pattern: string): string {
  const prefix = Object.keys(filled).find((key) => key.startsWith("/") && pattern.startsWith(key) && pattern.replace(key, "").includes("{id}"));
  return pattern.replace("{id}", prefix === undefined ? (filled["id"] ?? "") : (filled[prefix] ?? "")).replace(/\{(\w+)\}/g, (_whole, name: string) => filled[name] ?? "");
}

/** Sends what no handler accepts (a form where uploads are read before the caller is looked at), so that a door that should be shut cannot change anything when it is open. */
async function knock(name: string, caller: Caller, rule: Asked): Promise<Response> {
  const [method = "", pattern = ""] = name.split(" ");
  const headers = await credentials[caller]();
  if (caller === "wrong-scope") headers["authorization"] = `Bearer ${rule.auth.who === "anyone" ? scopedTokens["admin"] : scopedTokens[rule.auth.scope]}`;
  const init = method === "GET" ? { headers } : rule.bodyType === "multipart/form-data" ? { method, headers, body: publishForm({ manifest: new TextEncoder().encode("nothing") }) } : { method, headers: { ...headers, "content-type": "text/x-nothing" }, body: "nothing" };
  return await server.request(addressOf(pattern), { ...init, client: `198.51.100.${CALLERS.indexOf(caller) + 1}` });
}

async function outcomeOf(name: string, caller: Caller, rule: Asked): Promise<Outcome> {
  const response = await knock(name, caller, rule);
  const refusal = response.status === 401 || response.status === 403 ? ((await response.json()) as { code: string; detail: string }) : null;
  if (refusal === null) {
    expect(response.status, `${name} as ${caller}`).toBeLessThan(500);
    return "served";
  }
  // Membership of the publisher in question is asked behind the table's door.
  const behindTheDoor = /not a member of a publisher|owner|maintainer/.test(refusal.detail);
  return behindTheDoor && refusal.code === "forbidden" ? "served" : (response.status as 401 | 403);
}

/** Every place where the answers differ from what a table promises. */
async function holes(table: Table): Promise<string[]> {
  const found: string[] = [];
  for (const [name, rule] of Object.entries(table)) {
    for (const caller of CALLERS) {
      const [expected, actual] = [promised(rule, name.split(" ")[0] ?? "", caller), await outcomeOf(name, caller, rule)];
      if (expected !== actual) found.push(`${name} as ${caller}: ${actual} instead of ${expected}`);
    }
  }
  return found;
}

describe("every rule, every caller", () => {
  test("the interface keeps what its table promises, and refusing leaves no trace", async () => {
    const before = await countTraces(server.deps);
    expect(await holes(RULES)).toEqual([]);
    const after = await countTraces(server.deps);
    for (const table of ["Submission", "Artifact", "Mail", "Version", "Decision", "pgboss.job", "objects"]) expect(after[table], table).toBe(before[table]);
  }, 180_000);

  test("the walk would see a hole: three planted ones are found", async () => {
    const planted: Table = {
      "GET /api/v1/taxonomy": { auth: { who: "member", scope: "read" } },
      "GET /api/v1/review/queue": { auth: { who: "member", scope: "read" } },
      "GET /api/v1/tokens": { auth: { who: "anyone" } },
    };
    const found = await holes(planted);
    expect(found).toContain("GET /api/v1/taxonomy as anonymous: served instead of 401");
    expect(found).toContain("GET /api/v1/review/queue as member: 403 instead of served");
    expect(found).toContain("GET /api/v1/tokens as anonymous: 401 instead of served");
  });
});

describe("the table and the handlers", () => {
  /** Served by server.ts itself, from memory. */
  const HOT = ["GET /api/feed.json", "GET /.kai/updates.json", "GET /api/service/{id}/download"];
  /** next-auth answers its own addresses and checks its own requests. */
  const FOREIGN = ["GET /api/auth/{nextauth}", "POST /api/auth/{nextauth}"];

  /** One handler answers both: a version, or two of them joined by `...`. */
  const SHARED = ["GET /api/v1/listings/{id}/versions/{a}...{b}"];
  const filesOfApp = (name: string) => readdirSync(join(import.meta.dirname, "../../app"), { recursive: true, encoding: "utf8" }).filter((file) => file === name || file.endsWith(`/${name}`));

  test("every exported handler has a rule, and every rule a handler", async () => {
    const files = filesOfApp("route.ts");
    const exported: string[] = [];
    for (const file of files) {
      const path = `/${file.replace(/\/route\.ts$/, "").replace(/\([^)]*\)\//g, "")}`.replace(/\[(?:\.{3})?(\w+)\]/g, "{$1}");
      const handlers = (await import(join("../../app", file))) as Record<string, unknown>;
      for (const method of Object.keys(handlers).filter((name) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(name))) exported.push(`${method} ${path}`);
    }
    expect(exported.filter((name) => !FOREIGN.includes(name)).sort()).toEqual(Object.keys(RULES).filter((name) => !HOT.includes(name) && !SHARED.includes(name)).sort());
  });

  test("every page has a rule, and every rule a page", () => {
    const files = filesOfApp("page.tsx");
    const pages = files.map((file) => `/${file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`.replace(/\[(\w+)\]/g, "{$1}"));
    expect(pages.sort()).toEqual(Object.keys(PAGES).sort());
  });
});

describe("pages", () => {
  const roles = (name: keyof typeof PAGES): readonly string[] | null => {
    const rule = PAGES[name];
    return rule.who === "role" ? rule.roles : null;
  };

  test.each(Object.keys(PAGES) as (keyof typeof PAGES)[])("%s is seen by whom the table names", async (name) => {
    for (const caller of ["anonymous", "stranger", "reviewer", "administrator"] as const) {
      const { origin: _origin, ...headers } = await credentials[caller]();
      const response = await server.request(addressOf(name), { headers });
      await response.arrayBuffer();
      const who = PAGES[name].who;
      if (who === "anyone") expect(response.status, `${name} as ${caller}`).toBeLessThan(400);
      else if (caller === "anonymous") expect([response.status, new URL(response.headers.get("location") ?? "", server.url).pathname], name).toEqual([307, "/sign-in"]);
      else if (who === "role" && !(roles(name) ?? []).includes(caller)) expect(response.status, `${name} as ${caller}`).toBe(403);
      else expect([200, 404], `${name} as ${caller}`).toContain(response.status);
    }
  });

  test("another publisher's submission looks like one that does not exist", async () => {
    const { origin: _origin, ...headers } = await credentials.stranger();
    const page = async (id: string) => (await server.request(`/submissions/${id}`, { headers })).status;
    expect([await page(filled["/submissions/"] ?? ""), await page(NOBODY)]).toEqual([404, 404]);
    const answer = async (id: string) => (await (await server.request(`/api/v1/submissions/${id}`, { headers })).text()).replaceAll(id, "ID").replace(/"requestId":"[^"]+"/, "");
    expect(await answer(filled["/submissions/"] ?? "")).toBe(await answer(NOBODY));
  });
});

describe("credentials", () => {
  test("a broken token is refused even where nobody needs one", async () => {
    for (const token of ["kos_nothing", "x".repeat(5000), "kos_%00"]) {
      const response = await server.request("/api/v1/taxonomy", { headers: { authorization: `Bearer ${token}` } });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([401, "token-invalid"]);
      expect(response.headers.get("www-authenticate")).toContain("invalid_token");
    }
  });

  test("a request with a cookie needs an origin of ours where a browser names one", async () => {
    const { cookie = "" } = await credentials.administrator();
    const status = async (headers: Record<string, string>) => (await server.request("/api/v1/publishers", { method: "POST", headers: { cookie, "content-type": "application/json", ...headers }, body: "{}" })).status;
    expect(await status({ origin: server.url })).toBe(400);
    expect(await status({ origin: "null" })).toBe(403);
    expect(await status({ origin: server.url.replace("http:", "https:") })).toBe(403);
    expect(await status({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status({ "sec-fetch-site": "same-site" })).toBe(403);
    expect(await status({ "sec-fetch-site": "same-origin" })).toBe(400);
  });

  test("headers that only the server sets are not believed", async () => {
    const response = await server.request("/api/v1/publish", { method: "POST", headers: { ...(await credentials.member()), "x-kos-staged": "x", "x-request-id": "chosen", "content-type": "text/plain" }, body: "x" });
    expect(response.status).toBe(415);
    expect(response.headers.get("x-request-id")).not.toBe("chosen");
  });

  test("a suspended account is out at once", async () => {
    const person = await makePerson(server.deps);
    const headers = { authorization: `Bearer ${await makeToken(server.deps, person, ["read"])}` };
    expect((await server.request("/api/v1/tokens", { headers })).status).toBe(200);
    await server.deps.db.user.update({ where: { id: person.userId }, data: { suspendedAt: new Date() } });
    expect((await server.request("/api/v1/tokens", { headers })).status).toBe(401);
  });
});
