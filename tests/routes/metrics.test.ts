import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { decideSubmission } from "#lib/review/index.ts";
import { freePort } from "#scripts/embedded-postgres.ts";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { sendPublish } from "#tests/support/publish-form.ts";
import { metricsOf, readMetrics, type Scrape } from "#tests/support/read-metrics.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const TOKEN = "metrics-token-of-this-test";
const ops = join(import.meta.dirname, "../../ops");
let server: TestServer;
let workerUrl: string;
let listing: string;

beforeAll(async () => {
  const port = await freePort();
  workerUrl = `http://127.0.0.1:${port}`;
  server = await startTestServer({ environment: { METRICS_TOKEN: TOKEN, WORKER_METRICS_PORT: String(port) } });
  listing = await publishOne();
  await server.request(`/api/service/${listing}/download`);
  await server.request("/api/service/no-such-listing/download");
}, 120_000);
afterAll(() => server.stop());

/** Over the addresses, as a publisher and a reviewer do it, with the real worker between. */
async function publishOne(): Promise<string> {
  const owner = await makePerson(server.deps);
  const reviewer = await makePerson(server.deps, ["reviewer"]);
  const publisher = await makePublisher(server.deps, owner);
  const id = uniqueName("measured");
  for (const name of [uniqueName("measured"), id]) {
    const token = await makeToken(server.deps, owner, ["publish", "read"]);
    const response = await sendPublish(server, token, { publisher, manifest: serviceManifest(name) });
    const { submission } = (await response.json()) as { submission: { id: string } };
    const { stateVersion } = await waitFor("the checks", async () => (await server.deps.db.submission.findFirst({ where: { id: submission.id, state: "in_review" } })) ?? undefined);
    await decideSubmission(server.deps, { principal: reviewer, id: submission.id, decision: "approve", reason: "Fine.", stateVersion });
    await waitFor("the feed's entry", async () => {
      const answer = await server.request("/api/feed.json");
      return answer.status === 200 && name in ((await answer.json()) as object) ? true : undefined;
    });
  }
  return id;
}

/** Asked as Prometheus on this machine asks: directly, by the machine's own name. */
async function scrape(url = server.url): Promise<Scrape> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return readMetrics(await response.text());
}

function statusWith(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(`${url}/metrics`, { headers, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    }).on("error", reject).end();
  });
}

describe("who may read them", () => {
  const cases = [
    ["this machine, directly", {}, 200],
    ["a client behind a proxy on this machine", { "x-forwarded-for": "203.0.113.9" }, 404],
    ["a proxy that says so otherwise", { via: "1.1 cache" }, 404],
    ["a page that goes by another name", { host: "evil.example" }, 404],
    ["the token, through a proxy", { "x-forwarded-for": "203.0.113.9", authorization: `Bearer ${TOKEN}` }, 200],
    ["another token", { authorization: "Bearer metrics-token-of-this-tesT" }, 404],
  ] as const;
  test.each(cases)("%s", async (_who, headers, status) => {
    expect(await statusWith(server.url, headers)).toBe(status);
    expect(await statusWith(workerUrl, headers)).toBe(status);
  });

  test("the worker serves nothing else", async () => {
    expect((await fetch(`${workerUrl}/`)).status).toBe(404);
    expect((await fetch(`${workerUrl}/metrics`, { method: "POST" })).status).toBe(404);
  });
});

describe("what they tell", () => {
  test("requests by template, never by what was asked for", async () => {
    for (const path of ["/listings/first-name", "/listings/second-name", "/no/such/page", "/.env"]) await server.request(path);
    const found = await waitFor("the requests to be counted", async () => {
      const now = await scrape();
      const count = (labels: Record<string, string>) => now.value("kos_http_request_duration_seconds_count", labels) ?? 0;
      return count({ route: "/listings/{id}" }) >= 2 && count({ route: "unmatched", status: "4xx" }) >= 2 ? now : undefined;
    });
    expect(found.value("kos_http_request_duration_seconds_count", { route: "/api/v1/publish", method: "POST", status: "2xx" })).toBe(2);
    expect(found.samples.flatMap(({ labels }) => Object.values(labels)).filter((text) => /first-name|no\/such|\.env/.test(text))).toEqual([]);
  });

  test("polls by status", async () => {
    const before = await scrape();
    const { headers } = await server.request("/api/feed.json", { headers: { "accept-encoding": "identity" } });
    await server.request("/.kai/updates.json?x=1", { headers: { "if-none-match": headers.get("etag") ?? "", "accept-encoding": "identity" } });
    const after = await scrape();
    const grown = (status: string) => (after.value("kos_feed_polls_total", { status }) ?? 0) - (before.value("kos_feed_polls_total", { status }) ?? 0);
    expect([grown("200"), grown("304"), grown("503")]).toEqual([1, 1, 0]);
  });

  test("feed, downloads and the way from an approval to the feed", async () => {
    const found = await scrape();
    const row = await server.deps.db.feedSnapshot.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(found.value("kos_feed_seq")).toBe(Number(row.seq));
    expect(found.value("kos_feed_entries")).toBe(2);
    expect(found.value("kos_feed_age_seconds")).toBeLessThan(120);
    expect(found.value("kos_feed_behind_seconds")).toBe(0);
    // The first snapshot of a process has no change to measure; the second approval has.
    expect(found.value("kos_publish_visible_seconds_count")).toBeGreaterThanOrEqual(1);
    expect(found.value("kos_publish_visible_seconds_sum")).toBeGreaterThan(0);
    expect(found.value("kos_publish_visible_seconds_sum")).toBeLessThan(60);
    expect(found.value("kos_downloads_total", { outcome: "found" })).toBe(1);
    expect(found.value("kos_downloads_total", { outcome: "not_found" })).toBe(1);
  });

  test("jobs, checks, queue, mail, storage and the pool", async () => {
    const [web, worker] = await Promise.all([scrape(), scrape(workerUrl)]);
    expect(worker.value("kos_job_duration_seconds_count", { job: "submission.check", outcome: "done" })).toBe(2);
    expect(worker.value("kos_job_duration_seconds_count", { job: "submission.publish", outcome: "done" })).toBe(2);
    expect(worker.value("kos_check_results_total")).toBe(await server.deps.db.checkResult.count());
    expect(web.value("kos_submissions", { state: "published" })).toBe(2);
    expect(web.value("kos_submissions_oldest_waiting_seconds", { state: "in_review" })).toBe(0);
    for (const state of ["waiting", "active", "failed"]) expect(web.value("kos_queue_jobs", { queue: "submission.check", state })).toBe(0);
    expect(web.value("kos_queue_oldest_waiting_seconds", { queue: "catalog.changed" })).toBe(0);
    expect(web.value("kos_mail_unsent")).toBeGreaterThanOrEqual(0);
    expect(worker.value("kos_storage_operation_duration_seconds_count", { operation: "put", outcome: "ok" })).toBeGreaterThanOrEqual(6);
    expect(web.value("kos_database_pool_max")).toBe(20);
    expect(web.value("kos_up")).toBe(3);
    expect(worker.value("kos_up")).toBe(3);
    expect(web.value("kos_read_only")).toBe(0);
    const head = await server.deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
    expect([web.value("kos_log_stopped"), web.value("kos_log_checkpoint_age_seconds") === undefined]).toEqual([0, head.confirmedAt === null]);
    expect(web.value("process_resident_memory_bytes")).toBeGreaterThan(1e7);
  });
});

describe("ops/", () => {
  const load = (name: string): string => readFileSync(join(ops, name), "utf8");
  interface Panel {
    title: string;
    targets?: { expr: string }[];
  }

  test("every rule and every panel asks for metrics that are there", async () => {
    const [web, worker] = await Promise.all([scrape(), scrape(workerUrl)]);
    const rules = (parse(load("alerts.yml")) as { groups: { rules: { alert: string; expr: string }[] }[] }).groups.flatMap((group) => group.rules);
    const panels = (JSON.parse(load("dashboard.json")) as { panels: Panel[] }).panels;
    const queries = [...rules.map(({ alert, expr }) => ({ from: alert, expr })), ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ from: title, expr })))];
    expect(queries.length).toBeGreaterThan(40);
    for (const { from, expr } of queries) {
      const named = metricsOf(expr);
      expect(expr.includes("up{") || named.length > 0, from).toBe(true);
      for (const name of named) expect([from, name, web.names.has(name) || worker.names.has(name)]).toEqual([from, name, true]);
    }
  });

  test("each metric of this registry is on the page that explains them", async () => {
    const page = readFileSync(join(ops, "../docs/operations.md"), "utf8");
    const families = [...(await scrape()).names].filter((name) => name.startsWith("kos_")).map((name) => name.replace(/_(?:bucket|sum|count)$/, ""));
    expect(families.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test("two web processes and a worker are scraped, with the token", () => {
    const { scrape_configs: jobs } = parse(load("prometheus.yml")) as { scrape_configs: { job_name: string; authorization: object; static_configs: { targets: string[] }[] }[] };
    expect(jobs.map((job) => [job.job_name, job.static_configs.flatMap(({ targets }) => targets).length])).toEqual([["kos-web", 2], ["kos-worker", 1]]);
  });
});

test("with the database away its facts are absent, and the rest is told", { timeout: 60_000 }, async () => {
  const database = new URL(server.deps.config.databaseUrl).pathname.slice(1);
  const maintenance = new pg.Client({ connectionString: inject("databaseServer") });
  await maintenance.connect();
  try {
    await maintenance.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`);
    await maintenance.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
    const found = await waitFor("the facts to go", async () => {
      const now = await scrape();
      return now.value("kos_submissions") === undefined && now.value("kos_up", { dependency: "database" }) === 0 ? now : undefined;
    }, 30);
    for (const name of ["kos_queue_jobs", "kos_queue_oldest_waiting_seconds", "kos_mail_unsent", "kos_feed_behind_seconds"]) expect([name, found.value(name)]).toEqual([name, undefined]);
    expect(found.value("kos_feed_seq")).toBeGreaterThan(0);
    expect(found.value("kos_up", { dependency: "storage" })).toBe(1);
  } finally {
    await maintenance.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true`);
    await maintenance.end();
  }
  await waitFor("the facts to come back", async () => ((await scrape()).value("kos_submissions", { state: "published" }) === 2 ? true : undefined), 30);
});
