import { createHash } from "node:crypto";
import { generateSigningKey } from "@kosmarket/kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import type { TokenScope } from "#lib/accounts/schema.ts";
import { addMember, makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { publishForm } from "#tests/support/publish-form.ts";
import { RULES, type Rule, type RuleName } from "../../app/api/_rules.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { publishService, submissionInReview } from "#tests/support/submissions.ts";

let server: TestServer;
let owner: Principal;
const press = uniqueName("press");
const [allowed, other] = [uniqueName("allowed"), uniqueName("other")];

beforeAll(async () => {
  server = await startTestServer({ worker: false });
  owner = await makePerson(server.deps);
  await makePublisher(server.deps, owner, press);
  for (const listing of [allowed, other]) await publishService(server.deps, { principal: owner, publisher: press }, listing);
}, 120_000);
afterAll(() => server.stop());

const call = async (path: string, credentials: Record<string, string>, json: unknown, method = "POST", client?: string) =>
  await server.request(path, { method, headers: { "content-type": "application/json", ...credentials }, body: JSON.stringify(json), ...(client === undefined ? {} : { client }) });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const session = async (person: Principal) => ({ cookie: await makeSessionCookie(server.deps, person), origin: server.url });

async function issue(person: Principal, body: { scopes: TokenScope[]; listings?: string[] }): Promise<Response> {
  return await call("/api/v1/tokens", await session(person), { name: "build server", ...body });
}

async function restricted(listings: string[]): Promise<string> {
  const response = await issue(owner, { scopes: ["publish", "yank", "read"], listings });
  expect(response.status).toBe(201);
  return ((await response.json()) as { token: string }).token;
}

const publishAs = (token: string, manifest: Uint8Array) => server.request("/api/v1/publish", { method: "POST", headers: bearer(token), body: publishForm({ publisher: press, manifest }) });

async function completeUpload(token: string, bytes: Uint8Array): Promise<Response> {
  const announced = await call("/api/v1/uploads", bearer(token), { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  const upload = (await announced.json()) as { id: string; url: string; method: string; headers: Record<string, string> };
  await fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Uint8Array(bytes) });
  return await call(`/api/v1/uploads/${upload.id}/complete`, bearer(token), { publisher: press, part: "manifest" });
}

describe("a token for some listings", () => {
  test("is made for listings of one's own and free names, and for nobody else's", async () => {
    const stranger = await makePerson(server.deps);
    expect((await issue(owner, { scopes: ["publish"], listings: [allowed, uniqueName("free")] })).status).toBe(201);
    const refused = await issue(stranger, { scopes: ["publish"], listings: [allowed, "Not A Slug"] });
    expect(refused.status).toBe(400);
    const pointers = ((await refused.json()) as { errors: { pointer: string }[] }).errors.map((error) => error.pointer);
    expect(new Set(pointers)).toEqual(new Set(["/listings/0", "/listings/1"]));
    for (const scope of ["keys", "review:decide"] as const) expect((await issue(owner, { scopes: ["publish", scope], listings: [allowed] })).status).toBe(400);
    expect((await issue(owner, { scopes: ["publish"], listings: Array.from({ length: 51 }, () => allowed) })).status).toBe(400);
  });

  test("changes no other listing, on any way that changes one, and leaves no trace", async () => {
    const token = await restricted([allowed]);
    const waiting = await submissionInReview(server.deps, { principal: owner, publisher: press }, uniqueName("waiting"));
    const before = await countTraces(server.deps);
    const flag = { reason: "a test" };
    const ways: [string, () => Promise<Response>][] = [
      ["publish", () => publishAs(token, serviceManifest(other, "2.0.0"))],
      ["publish a new one", () => publishAs(token, serviceManifest(uniqueName("new"), "1.0.0"))],
      ["complete an upload", () => completeUpload(token, serviceManifest(other, "2.0.0"))],
      ["withdraw", () => server.request(`/api/v1/submissions/${waiting.id}/withdraw`, { method: "POST", headers: bearer(token) })],
      ...(["yank", "unyank", "deprecate"] as const).map((verb): [string, () => Promise<Response>] => [verb, () => call(`/api/v1/listings/${other}/versions/1.0.0/${verb}`, bearer(token), flag)]),
    ];
    for (const [way, go] of ways) {
      const response = await go();
      const { code, detail } = (await response.json()) as { code: string; detail: string };
      expect([way, response.status, code]).toEqual([way, 403, "forbidden"]);
      expect(detail).toContain(`\`${allowed}\``);
    }
    const after = await countTraces(server.deps);
    for (const table of ["Submission", "Artifact", "Version", "Mail", "AuditEvent"]) expect([table, after[table]]).toEqual([table, before[table]]);
  });

  test("changes its own", async () => {
    const token = await restricted([allowed]);
    expect((await publishAs(token, serviceManifest(allowed, "2.0.0"))).status).toBe(202);
    for (const verb of ["yank", "unyank", "deprecate"]) expect((await call(`/api/v1/listings/${allowed}/versions/1.0.0/${verb}`, bearer(token), { reason: "a test" })).status).toBe(200);
  });

  /** Good bodies for all that is above listings: what refuses them is the restriction alone. An address without one fails here. */
  const ABOVE: Partial<Record<RuleName, unknown>> = {
    "POST /api/v1/publishers": { slug: uniqueName("mine"), name: "Mine" },
    "POST /api/v1/publishers/{slug}/members": { email: "new@example.org", role: "viewer" },
    "PATCH /api/v1/publishers/{slug}/members/{id}": { role: "viewer" },
    "DELETE /api/v1/publishers/{slug}/members/{id}": {},
    "POST /api/v1/publishers/{slug}/leave": {},
    "PATCH /api/v1/publishers/{slug}": { name: "Another name" },
    "POST /api/v1/publishers/{slug}/invitations": { email: "new@example.org", role: "viewer" },
    "DELETE /api/v1/publishers/{slug}/invitations/{id}": {},
    "POST /api/v1/invitations/accept": { token: "unknown" },
    "POST /api/v1/invitations/decline": { token: "unknown" },
    "POST /api/v1/publishers/{slug}/names": { domain: "tides.example.org", method: "dns" },
    "POST /api/v1/publishers/{slug}/names/{id}/check": {},
    "DELETE /api/v1/publishers/{slug}/names/{id}": {},
    "POST /api/v1/listings/{id}/transfers": { to: "kos-catalogue", reason: "a test" },
    "POST /api/v1/transfers/{id}/accept": {},
    "POST /api/v1/transfers/{id}/decline": {},
    "POST /api/v1/transfers/{id}/withdraw": {},
    "POST /api/v1/claims": { kind: "publisher", subject: press, evidence: "a test" },
    "POST /api/v1/claims/{id}/object": { reason: "a test" },
    "POST /api/v1/publishers/{slug}/trusted-workflows": { issuer: "https://gitlab.com", repository: "tide/table", workflow: ".gitlab-ci.yml" },
    "POST /api/v1/publishers/{slug}/trusted-workflows/{id}/confirm": {},
    "DELETE /api/v1/publishers/{slug}/trusted-workflows/{id}": {},
    "POST /api/v1/publishers/{slug}/keys": "certificate",
    "POST /api/v1/publishers/{slug}/keys/{fingerprint}/revoke": { reason: "superseded" },
  };

  test("changes no keys, members, publishers, names or owners of listings, even where its row were given the scopes", async () => {
    const token = await makeToken(server.deps, owner, ["keys", "read", "publish", "yank"]);
    await server.deps.db.apiToken.updateMany({ where: { userId: owner.userId, scopes: { has: "keys" } }, data: { listings: [allowed] } });
    const { publicKey } = await generateSigningKey({ name: press, email: "press@example.org" });
    const filled: Record<string, string> = { slug: press, fingerprint: "a".repeat(40), id: "01900000-0000-7000-8000-000000000000" };
    const above = Object.entries(RULES as Record<string, Rule>).filter(([name, { auth }]) => !name.startsWith("GET ") && auth.who === "member" && auth.scope === "keys");
    expect(above.map(([name]) => name).sort()).toEqual(Object.keys(ABOVE).sort());
    for (const [name, rule] of above) {
      const [method = "", pattern = ""] = name.split(" ");
      const path = pattern.startsWith("/api/v1/listings/") ? pattern.replace("{id}", allowed) : pattern.replace(/\{(\w+)\}/g, (_whole, field: string) => filled[field] ?? "");
      const response = rule.bodyType === undefined ? await call(path, bearer(token), ABOVE[name as RuleName], method) : await server.request(path, { method, headers: { ...bearer(token), "content-type": rule.bodyType }, body: publicKey });
      const { code, detail } = (await response.json()) as { code: string; detail: string };
      expect([name, response.status, code]).toEqual([name, 403, "forbidden"]);
      expect(detail, name).toMatch(/for `.*` only/);
    }
  });
});

test("a token may do what its owner may at that moment: after the membership ended, nothing", async () => {
  const member = await makePerson(server.deps);
  await addMember(server.deps, owner, press, member, "maintainer");
  const token = await makeToken(server.deps, member, ["publish", "yank", "read"]);
  const yank = () => call(`/api/v1/listings/${other}/versions/1.0.0/yank`, bearer(token), { reason: "a test" });
  expect((await yank()).status).toBe(200);
  await server.deps.db.membership.deleteMany({ where: { userId: member.userId } });
  expect([(await yank()).status, (await publishAs(token, serviceManifest(other, "3.0.0"))).status]).toEqual([403, 403]);
});

test("the last use is shown with the network, and never the whole address", async () => {
  const person = await makePerson(server.deps);
  const cookie = await session(person);
  const shown = async () => ((await (await server.request("/api/v1/tokens", { headers: cookie })).json()) as { items: { lastUsedAt: string | null; lastNetwork: string | null }[] }).items[0];
  for (const [client, network] of [["198.51.100.77", "198.51.100.0/24"], ["2001:db8:17:99::5", "2001:db8:17::/48"]] as const) {
    await server.deps.db.apiToken.deleteMany({ where: { userId: person.userId } });
    const token = await makeToken(server.deps, person, ["read"]);
    expect(await shown()).toMatchObject({ lastUsedAt: null, lastNetwork: null });
    await server.request("/api/v1/account", { headers: bearer(token), client });
    expect(await shown()).toMatchObject({ lastUsedAt: expect.any(String), lastNetwork: network });
  }
});

test("a token ends itself, and nothing else does it by that way", async () => {
  const person = await makePerson(server.deps);
  const [token, kept] = [await makeToken(server.deps, person, ["publish"]), await makeToken(server.deps, person, ["read"])];
  expect((await call("/api/v1/tokens/revoke-self", {}, {})).status).toBe(400);
  expect((await call("/api/v1/tokens/revoke-self", await session(person), {})).status).toBe(400);
  expect((await call("/api/v1/tokens/revoke-self", bearer(token), {})).status).toBe(200);
  expect((await call("/api/v1/tokens/revoke-self", bearer(token), {})).status).toBe(401);
  expect((await server.request("/api/v1/account", { headers: bearer(kept) })).status).toBe(200);
});

describe("a leak report", () => {
  test("ends the token at once, and answers alike for known and unknown ones", async () => {
    const person = await makePerson(server.deps);
    const token = await makeToken(server.deps, person, ["read"]);
    const report = async (tokens: string[]) => {
      const response = await call("/api/v1/tokens/report-leak", {}, { tokens, source: "https://code.example/leak" });
      return [response.status, await response.text()];
    };
    const known = await report([token]);
    expect(known).toEqual([202, '{"received":1}']);
    expect(await report([token])).toEqual(known);
    expect(await report([`kos_${"0".repeat(49)}`])).toEqual(known);
    expect(await codeOf(await server.request("/api/v1/account", { headers: bearer(token) }))).toBe("token-invalid");
    expect(await server.deps.db.mail.count({ where: { to: person.email, event: "token.leaked" } })).toBe(1);
  });

  test("is bounded in size and number", async () => {
    expect((await call("/api/v1/tokens/report-leak", {}, { tokens: Array.from({ length: 101 }, () => "x") })).status).toBe(400);
    const answers = [];
    for (let at = 0; at < 25; at += 1) answers.push((await call("/api/v1/tokens/report-leak", {}, { tokens: ["x"] }, "POST", "192.0.2.9")).status);
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 202));
    expect(answers).toContain(429);
  });
});

describe("the way out of mails", () => {
  test("switches one kind off without a sign-in, for whom the signed address names and for nobody else", async () => {
    const [person, bystander] = [await makePerson(server.deps), await makePerson(server.deps)];
    await server.deps.db.user.updateMany({ where: { id: { in: [person.userId, bystander.userId] } }, data: { muted: ["team"] } });
    const { unsubscribeLink } = await import("../../lib/mail/unsubscribe-link.ts");
    const link = new URL(unsubscribeLink(server.deps.config, { userId: person.userId, group: "submissions" }));
    const post = (search: string, body = "List-Unsubscribe=One-Click") => server.request(`${link.pathname}${search}`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body });
    const mutedOf = async (who: Principal) => (await server.deps.db.user.findUniqueOrThrow({ where: { id: who.userId } })).muted;
    const forged = [link.search.replace("submissions", "tokens"), link.search.replace(person.userId, bystander.userId), `${link.search}x`, link.search.replace("submissions", "security"), "?t=", "?t=%00"];
    for (const search of forged) expect([400, 404], search).toContain((await post(search)).status);
    expect([await mutedOf(person), await mutedOf(bystander)]).toEqual([["team"], ["team"]]);
    const page = await server.request(`${link.pathname}${link.search}`);
    expect([page.status, page.headers.get("location")?.startsWith("/unsubscribe?t=")]).toEqual([303, true]);
    expect(await mutedOf(person)).toEqual(["team"]);
    for (let at = 0; at < 2; at += 1) expect((await post(link.search)).status).toBe(200);
    expect([await mutedOf(person), await mutedOf(bystander)]).toEqual([["submissions", "team"], ["team"]]);
    expect((await post(link.search, "page=1")).headers.get("location")).toMatch(/^\/unsubscribe\?t=.*&done=1$/);
  });

  test("kinds are chosen by their own person only, and the one about safety is not among them", async () => {
    const person = await makePerson(server.deps);
    const cookie = await session(person);
    expect((await call("/api/v1/account/mail", cookie, { muted: ["security"] }, "PUT")).status).toBe(400);
    expect(await (await call("/api/v1/account/mail", cookie, { muted: ["tokens", "tokens"] }, "PUT")).json()).toEqual({ muted: ["tokens"] });
    await call("/api/v1/account/mail", cookie, { muted: ["tokens"] }, "PUT");
    expect((await server.deps.db.auditEvent.findMany({ where: { name: "accounts:mail:choose", subject: `user:${person.userId}` } })).map((event) => event.data)).toEqual([{ muted: ["tokens"] }]);
    expect((await call("/api/v1/account/mail", { ...cookie, origin: "https://evil.example" }, { muted: [] }, "PUT")).status).toBe(403);
  });
});
