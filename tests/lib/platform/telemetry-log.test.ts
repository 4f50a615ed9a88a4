import { execFile } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { redact } from "#lib/platform/telemetry/redact.ts";
import { makePerson, makeSessionCookie, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { readMetrics } from "#tests/support/read-metrics.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const LINK = "3q2-7wSIGNINLINKsecret-0123456789abcdefghijk";
const AUTH_SECRET = "telemetry-test-auth-secret-\"quoted\"-0123456789";
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ environment: { LOG_LEVEL: "info", LOG_POLLS: "true", AUTH_SECRET } });
}, 120_000);
afterAll(() => server.stop());

type Line = Record<string, unknown>;
const lines = (): Line[] => server.output().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line);
const lineOf = (what: string, is: (line: Line) => boolean): Promise<Line> => waitFor(what, async () => lines().find(is));

describe("one line for each request", () => {
  test("with its form, its answer and its origin, and nothing of its query", async () => {
    const path = `/taxonomy?q=${uniqueName("asked")}&token=${LINK}`;
    const response = await server.request(path, { client: "198.51.100.77" });
    const bytes = (await response.arrayBuffer()).byteLength;
    const requestId = response.headers.get("x-request-id");
    const line = await lineOf("the line", (one) => one["requestId"] === requestId);
    expect(line).toMatchObject({ level: 30, process: "web", msg: "request", method: "GET", route: "/taxonomy", path: "/taxonomy", status: 200, client: "198.51.100.0/24", principal: "none" });
    expect(line["ms"]).toBeGreaterThan(0);
    expect(line["bytes"]).toBeGreaterThan(bytes / 50);
    expect(lines().filter((one) => one["requestId"] === requestId)).toHaveLength(1);
    expect(JSON.stringify(line)).not.toContain("asked");
  });

  test("an IPv6 client as its network, a template in place of a name", async () => {
    const name = uniqueName("absent");
    await server.request(`/api/v1/listings/${name}`, { client: "2001:db8:1:2:3:4:5:6" });
    expect(await lineOf("the line", (one) => one["path"] === `/api/v1/listings/${name}`)).toMatchObject({ route: "/api/v1/listings/{id}", status: 404, client: "2001:db8:1:2::/64" });
  });

  test("downloads too, polls where they are asked for", async () => {
    await server.request("/api/service/no-such-listing/download");
    await server.request("/api/feed.json?of=me");
    expect(await lineOf("the download", (one) => one["route"] === "/api/service/{id}/download")).toMatchObject({ msg: "request", status: 404 });
    const poll = await lineOf("the poll", (one) => one["msg"] === "poll");
    expect(poll).toMatchObject({ path: "/api/feed.json" });
    expect(JSON.stringify(poll)).not.toContain("of=me");
  });

  test("a sender that hangs up is told of as one", async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), "localhost");
    await once(socket, "connect");
    socket.write("POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{");
    await waitFor("the request to arrive", async () => (readMetrics(await (await fetch(`${server.url}/metrics`)).text()).value("kos_http_requests_in_flight") === 1 ? true : undefined));
    socket.destroy();
    expect(await lineOf("the line", (one) => one["path"] === "/api/v1/tokens" && one["method"] === "POST")).toMatchObject({ status: 499, aborted: true, route: "/api/v1/tokens" });
  });
});

test("no secret that a client sends is in what the processes print, faults included", async () => {
  const person = await makePerson(server.deps);
  const token = await makeToken(server.deps, person, ["read"]);
  const cookie = await makeSessionCookie(server.deps, person);
  const session = cookie.split("=")[1] ?? "";
  const headers = { authorization: `Bearer ${token}` };
  await server.request("/api/v1/submissions", { headers });
  await server.request(`/api/v1/submissions?cursor=${token}`, { headers });
  await server.request("/submissions", { headers: { cookie } });
  await server.request(`/sign-in/link?token=${LINK}`);
  await server.request("/api/v1/session/link", { method: "POST", body: `token=${LINK}`, headers: { "content-type": "application/x-www-form-urlencoded" } });
  await server.request(`/sign-in/confirm?callbackUrl=/&token=${LINK}&email=${encodeURIComponent(person.email)}`);
  await withDatabaseAway(async () => {
    await server.request("/submissions", { headers: { cookie } });
    await server.request("/api/v1/submissions", { headers });
    await server.request("/api/v1/session/link", { method: "POST", body: `token=${LINK}`, headers: { "content-type": "application/x-www-form-urlencoded" } });
    await lineOf("a fault", (one) => Number(one["level"]) >= 40);
  });
  const printed = server.output();
  const password = new URL(server.deps.config.databaseUrl).password;
  const secrets = [token, token.slice(4), session, LINK, AUTH_SECRET, JSON.stringify(AUTH_SECRET).slice(1, -1), password, person.email];
  for (const secret of secrets.filter((text) => text !== "")) expect(printed.includes(secret), `${secret} was printed`).toBe(false);
});

/** Cuts every connection and allows no new one while `work` runs. */
async function withDatabaseAway(work: () => Promise<void>): Promise<void> {
  const database = new URL(server.deps.config.databaseUrl).pathname.slice(1);
  const maintenance = new pg.Client({ connectionString: inject("databaseServer") });
  await maintenance.connect();
  try {
    await maintenance.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`);
    await maintenance.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
    await work();
  } finally {
    await maintenance.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true`);
    await maintenance.end();
  }
}

test("a long path is searched once, not once from each of its letters", () => {
  const started = performance.now();
  for (const text of ["a".repeat(15_000), `${"a".repeat(7_500)}@${"a".repeat(7_500)}`, "a".repeat(8_000) + "://".repeat(2_000)]) expect(redact(text)).toBe(text);
  expect(performance.now() - started).toBeLessThan(200);
  expect(redact("x=(some.body@mail.example.org)")).toBe("x=([address])");
});

test("what a fault carries of this process's own secrets does not leave it, on any way out", async () => {
  const environment = {
    AUTH_SECRET,
    KOS_KEY_SECRET: "key-secret-of-this-test",
    DATABASE_URL: "postgresql://kos:pass%2Fword-9@db.internal:5432/kos",
    SMTP_URL: "smtps://mailer:smtp-password-9@mail.internal",
    S3_SECRET_ACCESS_KEY: "s3+secret/of/this=test",
    METRICS_TOKEN: "metrics-token-of-this-test",
  };
  const token = `kos_${"a1B2c3D4".repeat(6)}x`;
  const leaks: Record<string, string[]> = {
    ...Object.fromEntries(Object.values(environment).map((value) => [value, [value, JSON.stringify(value).slice(1, -1)]])),
    "password=pass/word-9 host=db.internal": ["pass/word-9"],
    [environment.DATABASE_URL]: ["pass%2Fword-9"],
    [environment.SMTP_URL]: ["smtp-password-9"],
    "postgresql://other:unknown-password@elsewhere/db": ["unknown-password"],
    [`authorization: Bearer ${token}`]: [token],
    [`cookie: theme=dark; __Host-kos-session=${LINK}; x=1`]: [LINK],
    [`http://localhost/sign-in/link?token=${LINK}`]: [LINK],
    "Recipient some.body+tag@mail.example.org was refused": ["some.body+tag@mail.example.org"],
  };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "../../support/print-secrets.ts")], {
    env: { PATH: process.env["PATH"], LOG_LEVEL: "info", ...environment, TEST_LEAKS: JSON.stringify(Object.keys(leaks)) } as unknown as NodeJS.ProcessEnv,
  });
  const printed = stdout + stderr;
  expect(stderr).toContain("end of secrets");
  expect(stderr.split("\n").filter((line) => line.includes("connect failed: "))).toHaveLength(Object.keys(leaks).length);
  for (const secret of Object.values(leaks).flat()) expect(printed.includes(secret), `${secret} was printed`).toBe(false);
});
