import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { readListing, readPublisher } from "#lib/catalog/index.ts";
import { checkName, listNames, queueRechecks, recheckName, removeName, requestName } from "#lib/trust/index.ts";
import { addMember, makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { startNameServer, type NameServer } from "#tests/support/name-server.ts";
import { publishService } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let names: NameServer;
let deps: TestDeps;
let owner: Principal;
let folder: string;
beforeAll(async () => {
  names = await startNameServer();
  deps = await openTestDeps({ environment: { NAME_SERVERS: names.address, OUTGOING_ALLOW: "127.0.0.0/8" } });
  owner = await makePerson(deps);
  folder = mkdtempSync(join(tmpdir(), "kos-tls-"));
  const subject = ["-subj", "/CN=press.example.com", "-addext", "subjectAltName=DNS:press.example.com,DNS:*.press.example.com"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", ...subject, "-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")], { stdio: "ignore" });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await deps.close();
  await names.close();
});

let slug: string;
beforeEach(async () => void (slug = await makePublisher(deps, owner)));
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const nameOf = async (id: string) => {
  const name = (await listNames(deps.db, slug)).find((one) => one.id === id);
  if (name === undefined) throw new Error("the name is gone");
  return name;
};
/** Begins a proof; returns its id and what has to be published. */
async function request(domain: string, method: "dns" | "well-known" = "dns", publisher = slug): Promise<{ id: string; value: string }> {
  const { id } = await requestName(deps, { principal: owner, slug: publisher, domain, method });
  const row = (await listNames(deps.db, publisher)).find((one) => one.id === id);
  return { id, value: row?.proof.value ?? "" };
}
const check = (id: string, web = {}) => checkName(deps, { principal: owner, slug, id }, web);
let counted = 0;
const freshDomain = () => `d${++counted}.example.com`;

describe("a TXT record", () => {
  test("that says what it should proves the domain, and everyone sees it with the command that looks", async () => {
    const domain = freshDomain();
    const listing = uniqueName("named");
    await publishService(deps, { principal: owner, publisher: slug }, listing);
    const { id, value } = await request(` ${domain.toUpperCase()}. `);
    expect(value).toMatch(new RegExp(`^kos-publisher=${slug} token=[0-9a-f]{32}$`));
    names.setTexts(`_kos-publisher.${domain}`, ["v=spf1 -all", value]);
    await check(id);
    expect(await nameOf(id)).toMatchObject({ domain, state: "proven", lastError: null, failures: 0 });
    const rung = (await readListing(deps, listing))?.current?.ladder.find((one) => one.rung === "name");
    expect(rung).toMatchObject({ state: "proven", command: `dig +short TXT _kos-publisher.${domain}`, statement: expect.stringContaining(domain) });
    expect(rung?.evidence).toContainEqual({ label: "Says", value, mono: true });
    const publisher = await readPublisher(deps, slug);
    expect(publisher?.names).toMatchObject([{ domain, method: "dns", alsoHeldBy: [], lookAlikes: [] }]);
    expect(publisher?.listings[0]?.ladder).toContainEqual({ rung: "name", state: "proven" });
    expect(await deps.db.logLeaf.count({ where: { type: "name-proven" } })).toBe(1);
    await check(id);
    expect(await deps.db.logLeaf.count({ where: { type: "name-proven" } })).toBe(1);
  });

  test("in parts of 255 characters is read as one", async () => {
    const domain = freshDomain();
    const { id, value } = await request(domain);
    names.setTexts(`_kos-publisher.${domain}`, ["x".repeat(600), value]);
    await check(id);
    expect(await nameOf(id)).toMatchObject({ state: "proven" });
  });

  test.each([
    ["is absent", () => [], "has no TXT record"],
    ["has another token", (value: string) => [value.replace(/.$/, (last) => (last === "0" ? "1" : "0"))], "None of the TXT records"],
    ["has more around it", (value: string) => [`${value} `, ` ${value}`, `${value}0`], "None of the TXT records"],
    ["names another publisher", (value: string) => [value.replace(/kos-publisher=\S+/, "kos-publisher=somebody-else")], "None of the TXT records"],
    ["is one of a flood", (value: string) => [...Array.from({ length: 70 }, (_, place) => `r${place}`), value], "more than 64"],
  ])("that %s proves nothing", async (_, texts, told) => {
    const domain = freshDomain();
    const { id, value } = await request(domain);
    names.setTexts(`_kos-publisher.${domain}`, texts(value));
    await check(id);
    expect(await nameOf(id)).toMatchObject({ state: "waiting", failures: 1, lastError: expect.stringContaining(told) });
    expect(await deps.db.auditEvent.count({ where: { name: "trust:name:prove", subject: `publisher:${slug}` } })).toBe(0);
  });

  test("that a wildcard answers proves nothing", async () => {
    const domain = freshDomain();
    const { id, value } = await request(`shop.${domain}`);
    names.setTexts(`*.${domain}`, [value]);
    await check(id);
    expect(await nameOf(id)).toMatchObject({ state: "waiting", lastError: expect.stringContaining("wildcard") });
  });

  test("behind an alias proves nothing: somebody else answers there", async () => {
    const domain = freshDomain();
    const { id, value } = await request(domain);
    names.setTexts(`records.hoster.example.net`, [value]);
    names.setAlias(`_kos-publisher.${domain}`, "records.hoster.example.net");
    await check(id);
    expect(await nameOf(id)).toMatchObject({ state: "waiting", lastError: expect.stringContaining("alias") });
  });

  test("asked of name servers that say nothing is an outcome in seconds, and no error", async () => {
    const { id } = await request("quiet.example.com");
    const silent = await startNameServer();
    await silent.close();
    await recheckName(deps, { proofId: id }, { nameServers: [silent.address] });
    expect(await nameOf(id)).toMatchObject({ state: "waiting", lastError: expect.stringContaining("did not answer") });
  });

  test("proves a domain for two publishers where both are named, and each page says so", async () => {
    const domain = freshDomain();
    const other = await makePublisher(deps, owner);
    const [mine, theirs] = [await request(domain), await request(domain, "dns", other)];
    names.setTexts(`_kos-publisher.${domain}`, [mine.value]);
    await check(mine.id);
    await checkName(deps, { principal: owner, slug: other, id: theirs.id });
    expect((await listNames(deps.db, other))[0]).toMatchObject({ state: "waiting", alsoHeldBy: [slug] });
    names.setTexts(`_kos-publisher.${domain}`, [mine.value, theirs.value]);
    await checkName(deps, { principal: owner, slug: other, id: theirs.id });
    expect((await readPublisher(deps, slug))?.names[0]?.alsoHeldBy).toEqual([other]);
    expect((await readPublisher(deps, other))?.names[0]?.alsoHeldBy).toEqual([slug]);
  });

  test("of a name that looks like a proven one is shown beside it", async () => {
    const [latin, cyrillic] = ["paypress.example.com", "p\u0430ypress.example.com"];
    for (const domain of [latin, cyrillic]) {
      const { id, value } = await request(domain);
      names.setTexts(`_kos-publisher.${(await nameOf(id)).domain}`, [value]);
      await check(id);
    }
    expect((await readPublisher(deps, slug))?.names).toMatchObject([
      { domain: latin, unicode: latin, lookAlikes: [expect.stringMatching(/^xn--/)] },
      { domain: expect.stringMatching(/^xn--/), unicode: cyrillic, lookAlikes: [latin] },
    ]);
  });
});

test("look-alikes are found by the form that is stored, which the next check fills for an older row", async () => {
  const [latin, cyrillic] = ["cap.example.com", "c\u0430p.example.com"];
  const ids: string[] = [];
  for (const domain of [latin, cyrillic]) {
    const { id, value } = await request(domain);
    names.setTexts(`_kos-publisher.${(await nameOf(id)).domain}`, [value]);
    await check(id);
    ids.push(id);
  }
  const [first = "", second = ""] = ids;
  expect((await nameOf(first)).lookAlikes).toHaveLength(1);
  await deps.db.nameProof.update({ where: { id: second }, data: { skeleton: null } });
  expect((await nameOf(first)).lookAlikes).toEqual([]);
  await recheckName(deps, { proofId: second });
  expect((await nameOf(first)).lookAlikes).toHaveLength(1);
});

describe("a file on the site", () => {
  const ca = () => readFileSync(join(folder, "cert.pem"), "utf8");
  let seen: string[] = [];

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }
  const site = (answer: RequestListener) =>
    listen(
      createSecureServer({ key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "cert.pem")) }, (incoming, response) => {
        seen.push(`${incoming.headers.host} ${incoming.url}`);
        answer(incoming, response);
      }),
    );
  /** A check against a site that answers with `answer`. */
  async function against(answer: (value: string) => RequestListener, domain = "press.example.com"): Promise<{ state: string; lastError: string | null }> {
    names.set(domain, ["127.0.0.1"]);
    const { id, value } = await request(domain, "well-known");
    seen = [];
    await check(id, { port: await site(answer(value)), ca: ca() });
    return await nameOf(id);
  }
  const says = (text: string): RequestListener => (_request, response) => void response.writeHead(200, { "content-type": "application/json" }).end(text);

  test("that names publisher and token proves the domain", async () => {
    expect(await against((value) => says(value))).toMatchObject({ state: "proven", lastError: null });
    expect(seen).toEqual([expect.stringMatching(/^press\.example\.com:\d+ \/\.well-known\/kos-publisher\.json$/)]);
    expect((await readPublisher(deps, slug))?.names[0]).toMatchObject({ method: "well-known", proof: { kind: "file", command: "curl -sS https://press.example.com/.well-known/kos-publisher.json" } });
  });

  test("may name several publishers in a list", async () => {
    expect(await against((value) => says(`[{"publisher":"other","token":"${"0".repeat(32)}"},${value}]`))).toMatchObject({ state: "proven" });
  });

  test.each<[string, (value: string) => RequestListener, string]>([
    ["another token", (value) => says(value.replace(/[0-9a-f]{32}/, "0".repeat(32))), "does not name this publisher"],
    ["another publisher's file", () => says(`{"publisher":"somebody-else","token":"${"a".repeat(32)}"}`), "does not name this publisher"],
    ["another publisher with this token", (value) => says(value.replace(/"publisher":"[^"]+"/, '"publisher":"somebody-else"')), "does not name this publisher"],
    ["no JSON", (value) => says(`<html>${value}</html>`), "does not name this publisher"],
    ["JSON of another form", (value) => says(JSON.stringify({ proof: JSON.parse(value) as unknown })), "does not name this publisher"],
    ["null", () => says("null"), "does not name this publisher"],
    ["a list too long", (value) => says(`[${Array.from({ length: 30 }, () => "{}").join(",")},${value}]`), "does not name this publisher"],
    ["404", (value) => (_request, response) => void response.writeHead(404).end(value), "answers 404"],
    ["a redirect to the same site", (value) => (incoming, response) => void (incoming.url === "/proof" ? response.end(value) : response.writeHead(302, { location: "/proof" }).end()), "redirects"],
    ["a redirect to plain http", () => (_request, response) => void response.writeHead(301, { location: "http://press.example.com/.well-known/kos-publisher.json" }).end(), "redirects"],
    ["a redirect inwards", () => (_request, response) => void response.writeHead(307, { location: "https://169.254.169.254/latest/" }).end(), "redirects"],
    ["17 KB", (value) => says(value + " ".repeat(17 * 1024)), "more than 16384 bytes"],
    ["bytes without end", () => (_request, response) => {
      const fill = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(8192, 32)));
      };
      response.on("drain", fill);
      fill();
    }, "more than 16384 bytes"],
    ["compressed bytes", (value) => (_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(value), "compressed"],
  ])("with %s proves nothing", async (_, answer, told) => {
    expect(await against(answer)).toMatchObject({ state: "waiting", lastError: expect.stringContaining(told) });
    expect(seen).toHaveLength(1);
  });

  test("that comes drop by drop is given up", async () => {
    const outcome = await against(() => (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(drip));
    });
    expect(outcome).toMatchObject({ state: "waiting", lastError: expect.stringContaining("in time") });
  });

  test("under a certificate that names another host, or that nobody vouches for, proves nothing", async () => {
    expect(await against((value) => says(value), "other.example.com")).toMatchObject({ state: "waiting", lastError: expect.stringContaining("certificate") });
    const { id, value } = await request("press.example.com", "well-known");
    await check(id, { port: await site(says(value)) });
    expect(await nameOf(id)).toMatchObject({ state: "waiting", lastError: expect.stringContaining("certificate") });
    expect(seen).toEqual([]);
  });

  test("found by a look that began before the way was changed settles nothing", async () => {
    const domain = "press.example.com";
    names.set(domain, ["127.0.0.1"]);
    const { id, value } = await request(domain, "well-known");
    const port = await site((_request, response) => void requestName(deps, { principal: owner, slug, domain, method: "dns" }).then(() => response.end(value)));
    await check(id, { port, ca: ca() });
    expect(await nameOf(id)).toMatchObject({ state: "waiting", method: "dns", lastError: null });
  });

  test("on a site without https proves nothing", async () => {
    names.set("press.example.com", ["127.0.0.1"]);
    const { id, value } = await request("press.example.com", "well-known");
    const port = await listen(createServer(says(value)));
    await check(id, { port, ca: ca() });
    expect(await nameOf(id)).toMatchObject({ state: "waiting", lastError: expect.any(String) });
  });

  test.each([
    ["to this machine", [["127.0.0.1"]]],
    ["first to the internet and then to this machine", [["93.184.216.34"], ["127.0.0.1"]]],
    ["to both at once", [["93.184.216.34", "127.0.0.1"]]],
  ])("under a name that leads %s never reaches this machine", async (_, turns) => {
    const { id, value } = await request("press.example.com", "well-known");
    const port = await site(says(value));
    names.set("press.example.com", turns);
    seen = [];
    await check(id, { allow: [], port, ca: ca() });
    expect(await nameOf(id)).toMatchObject({ state: "waiting", lastError: expect.not.stringMatching(/[0-9]|private|loopback|reserved/) });
    expect(seen).toEqual([]);
  });
});

describe("a proof that goes away", () => {
  async function proven(): Promise<{ id: string; domain: string; value: string }> {
    const domain = freshDomain();
    const { id, value } = await request(domain);
    names.setTexts(`_kos-publisher.${domain}`, [value]);
    await check(id);
    return { id, domain, value };
  }
  const leaves = (type: string, domain: string) => deps.db.logLeaf.findMany({ where: { type } }).then((rows) => rows.filter((row) => Buffer.from(row.body).toString().includes(`"${domain}"`)).length);

  test("is lost after three failed checks over three days, with a mail and an entry, and found again by a check", async () => {
    const { id, domain, value } = await proven();
    names.setTexts(`_kos-publisher.${domain}`, []);
    for (const day of [1, 2]) {
      deps.advance(DAY);
      await recheckName(deps, { proofId: id });
      expect(await nameOf(id)).toMatchObject({ state: "proven", failures: day });
    }
    deps.advance(DAY);
    await recheckName(deps, { proofId: id });
    expect(await nameOf(id)).toMatchObject({ state: "lost", failures: 3 });
    expect((await readPublisher(deps, slug))?.names).toEqual([]);
    expect(await leaves("name-lost", domain)).toBe(1);
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "team.name-lost", text: { contains: domain } } })).toBe(1);
    await recheckName(deps, { proofId: id });
    expect(await leaves("name-lost", domain)).toBe(1);
    names.setTexts(`_kos-publisher.${domain}`, [value]);
    await recheckName(deps, { proofId: id });
    expect(await nameOf(id)).toMatchObject({ state: "proven", failures: 0, lastError: null });
    expect(await leaves("name-proven", domain)).toBe(2);
  });

  test("is not lost by many checks within a day, nor by failures with a good one between", async () => {
    const { id, domain, value } = await proven();
    names.setTexts(`_kos-publisher.${domain}`, []);
    for (let press = 0; press < 5; press++) await check(id);
    expect(await nameOf(id)).toMatchObject({ state: "proven", failures: 5 });
    names.setTexts(`_kos-publisher.${domain}`, [value]);
    deps.advance(4 * DAY);
    await recheckName(deps, { proofId: id });
    names.setTexts(`_kos-publisher.${domain}`, []);
    await recheckName(deps, { proofId: id });
    expect(await nameOf(id)).toMatchObject({ state: "proven", failures: 1 });
  });

  test("is looked for once a day, by one of many workers", async () => {
    const { id } = await proven();
    const queued = async () => Number((await deps.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM pgboss.job WHERE name = 'trust.recheck-name' AND data->>'proofId' = ${id}`)[0]?.n);
    await queueRechecks(deps);
    expect(await queued()).toBe(0);
    deps.advance(DAY + 1000);
    await Promise.all(Array.from({ length: 5 }, () => queueRechecks(deps)));
    expect(await queued()).toBe(1);
    await queueRechecks(deps);
    expect(await queued()).toBe(1);
  });

  test("is what changing the way of a proven one makes, until the new way is found good", async () => {
    const { id, domain, value } = await proven();
    await request(domain, "dns");
    expect(await nameOf(id)).toMatchObject({ state: "proven" });
    await request(domain, "well-known");
    expect(await nameOf(id)).toMatchObject({ state: "lost", method: "well-known" });
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "team.name-method-changed", subject: { startsWith: domain } } })).toBe(1);
    expect((await readPublisher(deps, slug))?.names).toEqual([]);
    expect(await leaves("name-lost", domain)).toBe(1);
    await request(domain, "dns");
    expect(await nameOf(id)).toMatchObject({ state: "lost" });
    expect(await leaves("name-lost", domain)).toBe(1);
    names.setTexts(`_kos-publisher.${domain}`, [value]);
    await check(id);
    expect(await nameOf(id)).toMatchObject({ state: "proven", method: "dns" });
  });

  test("taken back is told in the record; a mere request is not", async () => {
    const { id, domain } = await proven();
    const waiting = await request(freshDomain());
    await removeName(deps, { principal: owner, slug, id: waiting.id });
    await removeName(deps, { principal: owner, slug, id });
    expect(await listNames(deps.db, slug)).toEqual([]);
    expect(await leaves("name-lost", domain)).toBe(1);
    expect(await deps.db.auditEvent.count({ where: { name: "trust:name:cancel", subject: `publisher:${slug}` } })).toBe(1);
  });
});

describe("who may prove what", () => {
  test.each(["203.0.113.7", "[2001:db8::1]", "localhost", "press", "press.local", "press.internal", "press.test", "com", "co.uk", "com.au", "github.io", "pages.dev", "https://press.example.com", "press.example.com/x", "press.example.com:8443", "user@press.example.com", "pre_ss.example.com", "-press.example.com", "press..example.com", "*.example.com", "127.1", "0x7f.1", `${"a".repeat(64)}.example.com`, `${"a.".repeat(130)}com`, "", " ", "\u0000.example.com"])("not %j", async (domain) => {
    const before = await deps.db.nameProof.count();
    await expect(requestName(deps, { principal: owner, slug, domain, method: "dns" })).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer: "/domain" })] });
    expect(await deps.db.nameProof.count()).toBe(before);
  });

  test("a name below a shared suffix, and one of another script in its one form", async () => {
    const { id } = await request("mine.github.io");
    expect(await nameOf(id)).toMatchObject({ domain: "mine.github.io" });
    const { id: umlaut } = await request("BÜCHER.Example.com");
    expect(await nameOf(umlaut)).toMatchObject({ domain: "xn--bcher-kva.example.com", unicode: "bücher.example.com" });
    expect((await request("xn--bcher-kva.example.com")).id).toBe(umlaut);
  });

  test("owners of a publisher in good standing alone", async () => {
    const maintainer = await makePerson(deps);
    await addMember(deps, owner, slug, maintainer, "maintainer");
    const { id } = await request(freshDomain());
    for (const principal of [maintainer, await makePerson(deps)]) {
      await expect(requestName(deps, { principal, slug, domain: "x.example.com", method: "dns" })).rejects.toMatchObject({ code: "forbidden" });
      await expect(checkName(deps, { principal, slug, id })).rejects.toMatchObject({ code: "forbidden" });
      await expect(removeName(deps, { principal, slug, id })).rejects.toMatchObject({ code: "forbidden" });
    }
    const other = await makePublisher(deps, owner);
    await expect(checkName(deps, { principal: owner, slug: other, id })).rejects.toMatchObject({ code: "not-found" });
    await deps.db.publisher.update({ where: { slug }, data: { suspendedAt: deps.now() } });
    await expect(requestName(deps, { principal: owner, slug, domain: "x.example.com", method: "dns" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
