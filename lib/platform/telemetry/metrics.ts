import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { databasePools } from "../db/client.ts";
import { processWide } from "../process-wide.ts";
import { processFacts, type ProcessFacts } from "./process-facts.ts";

/** A page takes milliseconds, a publish with its inspection seconds, an upload on a slow line minutes. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 180];
const STORAGE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const VISIBLE_SECONDS = [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800];

/** Polls of the feed by status, as plain numbers: the hot path adds one, and a scrape reads them. */
interface PollCounts {
  200: number;
  304: number;
  503: number;
}

/** The counters that `countPoll` adds to. */
export function pollCounts(): PollCounts {
  return processWide("poll-counts", () => ({ 200: 0, 304: 0, 503: 0 }));
}

export type Metrics = ReturnType<typeof makeMetrics>;

/** The process's metrics, one registry whatever loads this file. docs/operations.md says which question each answers. */
export function metrics(): Metrics {
  return processWide("metrics", makeMetrics);
}

function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  addFeed(registry);
  addDependencies(registry);
  return {
    registry,
    requests: new Histogram({
      name: "kos_http_request_duration_seconds",
      help: "Requests by method, route template and class of status, until the last byte was handed over; without feed polls",
      labelNames: ["method", "route", "status"], buckets: REQUEST_SECONDS, registers,
    }),
    requestsInFlight: new Gauge({ name: "kos_http_requests_in_flight", help: "Requests under way, without feed polls", registers }),
    downloads: new Counter({
      name: "kos_downloads_total",
      help: "Download addresses answered, by outcome: found, not_found, withheld, refused, failed",
      labelNames: ["outcome"], registers,
    }),
    visible: new Histogram({
      name: "kos_publish_visible_seconds",
      help: "From an approval, or a change to the catalog, to the feed that shows it being in the memory of this process",
      buckets: VISIBLE_SECONDS, registers,
    }),
    jobs: new Histogram({
      name: "kos_job_duration_seconds",
      help: "Attempts of jobs by name and outcome: done, failed",
      labelNames: ["job", "outcome"], buckets: JOB_SECONDS, registers,
    }),
    checks: new Counter({
      name: "kos_check_results_total",
      help: "Results of checks by check and status: passed, warned, failed, errored",
      labelNames: ["check", "status"], registers,
    }),
    storage: new Histogram({
      name: "kos_storage_operation_duration_seconds",
      help: "Operations of the object store by outcome: ok, refused, failed; a get until its first byte is ready",
      labelNames: ["operation", "outcome"], buckets: STORAGE_SECONDS, registers,
    }),
  };
}

/** A gauge that is asked when it is scraped, and absent while the answer is null. */
function asked(registry: Registry, name: string, help: string, ask: () => number | null): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.remove();
      const value = ask();
      if (value !== null) this.set(value);
    },
  });
}

function addFeed(registry: Registry): void {
  new Counter({
    name: "kos_feed_polls_total",
    help: "Polls of the feed by status",
    labelNames: ["status"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [status, count] of Object.entries(pollCounts())) this.inc({ status }, count);
    },
  });
  const feed = () => processFacts().feed();
  asked(registry, "kos_feed_seq", "Number of the feed in memory", () => feed()?.seq ?? null);
  asked(registry, "kos_feed_entries", "Entries of the feed in memory", () => feed()?.entries ?? null);
  asked(registry, "kos_feed_age_seconds", "Since the feed in memory was built; a quiet catalog lets it grow", () => secondsSince(feed()?.builtAt));
}

function addDependencies(registry: Registry): void {
  new Gauge({
    name: "kos_up",
    help: "1 where a dependency answered this process at its last look",
    labelNames: ["dependency"],
    registers: [registry],
    collect() {
      this.reset();
      const found = processFacts().health();
      if (found !== null) for (const dependency of ["database", "queue", "storage"] as const) this.set({ dependency }, found[dependency] ? 1 : 0);
    },
  });
  asked(registry, "kos_read_only", "1 while changes are refused", () => isReadOnly(processFacts().health()));
  const sum = (of: (pool: ReturnType<typeof databasePools>[number]) => number) => databasePools().reduce((total, pool) => total + of(pool), 0);
  asked(registry, "kos_database_pool_used", "Connections of the pool that are lent out", () => sum((pool) => pool.totalCount - pool.idleCount));
  asked(registry, "kos_database_pool_idle", "Connections of the pool that wait for work", () => sum((pool) => pool.idleCount));
  asked(registry, "kos_database_pool_waiting", "Callers that wait for a connection of the pool", () => sum((pool) => pool.waitingCount));
  asked(registry, "kos_database_pool_max", "Connections that the pool may open", () => sum((pool) => pool.options.max));
}

function isReadOnly(found: ReturnType<ProcessFacts["health"]>): number | null {
  if (found === null) return null;
  return found.readOnly === null ? 0 : 1;
}

function secondsSince(date: Date | undefined): number | null {
  return date === undefined ? null : (Date.now() - date.getTime()) / 1000;
}
