import pg from "pg";
import { Gauge, type Registry } from "prom-client";
import { processWide } from "../process-wide.ts";
import { within } from "../within.ts";
import { metrics } from "./metrics.ts";
import { processFacts } from "./process-facts.ts";

const FRESH_MS = 10_000;
const PATIENCE_MS = 2_000;

interface Fact {
  name: string;
  help: string;
  labels: readonly string[];
  /** One row for each combination of labels, columns named as they are, and `value`; null is absent. */
  sql: string;
}

/** Queues whose names begin with two underscores are the queue's own. */
const OURS = "name NOT LIKE '\\_\\_%'";
const WAITING = "state IN ('created', 'retry')";

/** What only the database knows, one statement each. */
const FACTS = [
  {
    name: "kos_queue_jobs",
    help: "Jobs by queue and state: waiting, active, failed (out of attempts, kept for looking at)",
    labels: ["queue", "state"],
    sql: `SELECT name AS queue, CASE WHEN ${WAITING} THEN 'waiting' ELSE state::text END AS state, count(*)::float8 AS value
      FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') AND ${OURS} GROUP BY 1, 2
      UNION ALL SELECT name, s.state, 0 FROM pgboss.queue CROSS JOIN (VALUES ('waiting'), ('active'), ('failed')) s(state) WHERE ${OURS}`,
  },
  {
    name: "kos_queue_oldest_waiting_seconds",
    help: "Age of the oldest job that waits, by queue; 0 where none does",
    labels: ["queue"],
    sql: `SELECT q.name AS queue, coalesce(extract(epoch FROM now() - (SELECT min(created_on) FROM pgboss.job j WHERE j.name = q.name AND ${WAITING})), 0)::float8 AS value
      FROM pgboss.queue q WHERE ${OURS}`,
  },
  {
    name: "kos_submissions",
    help: "Submissions by state",
    labels: ["state"],
    sql: `SELECT "state", count(*)::float8 AS value FROM "Submission" GROUP BY 1`,
  },
  {
    name: "kos_submissions_oldest_waiting_seconds",
    help: "Age in its queue of the oldest submission that waits for checks or for a person; 0 where none does",
    labels: ["state"],
    sql: `SELECT s.state, coalesce(extract(epoch FROM now() - (SELECT min("queuedAt") FROM "Submission" x WHERE x."state" = s.state)), 0)::float8 AS value
      FROM (VALUES ('checking'), ('in_review'), ('approved')) s(state)`,
  },
  {
    name: "kos_mail_unsent",
    help: "Mails not sent yet",
    labels: [],
    sql: `SELECT count(*)::float8 AS value FROM "Mail" WHERE "sentAt" IS NULL`,
  },
  {
    name: "kos_mail_oldest_unsent_seconds",
    help: "Age of the oldest mail not sent yet; 0 where all are",
    labels: [],
    sql: `SELECT coalesce(extract(epoch FROM now() - min("createdAt")), 0)::float8 AS value FROM "Mail" WHERE "sentAt" IS NULL`,
  },
  {
    name: "kos_feed_behind_seconds",
    help: "How long this process has not shown the oldest change that the catalog has; 0 where the feed in memory is current",
    labels: [],
    sql: `SELECT CASE WHEN $1::bigint IS NULL THEN NULL ELSE coalesce(extract(epoch FROM now() - least(
      (SELECT min("builtAt") FROM "FeedSnapshot" WHERE "seq" > $1::bigint),
      (SELECT min(created_on) FROM pgboss.job WHERE name = 'catalog.changed' AND (${WAITING} OR state = 'active')))), 0)::float8 END AS value`,
  },
  {
    name: "kos_log_size",
    help: "Leaves of the transparency log that have a number",
    labels: [],
    sql: `SELECT "size"::float8 AS value FROM "LogHead"`,
  },
  {
    name: "kos_log_checkpoint_age_seconds",
    help: "Since the newest checkpoint of the transparency log was signed and written",
    labels: [],
    sql: `SELECT extract(epoch FROM now() - "confirmedAt")::float8 AS value FROM "LogHead"`,
  },
  {
    name: "kos_log_stopped",
    help: "1 where the transparency log stopped itself, since what it found contradicts what it signed",
    labels: [],
    sql: `SELECT ("fault" IS NOT NULL)::int AS value FROM "LogHead"`,
  },
] as const satisfies Fact[];

interface Declared {
  gauge: Gauge;
  unlabelled: boolean;
}

interface Slot {
  gauges: Map<string, Declared>;
  client: pg.Client | null;
  asked: number;
  asking: Promise<void> | null;
}

const slot = (): Slot => processWide("database-facts", () => ({ gauges: declare(metrics().registry), client: null, asked: 0, asking: null }));

function declare(registry: Registry): Map<string, Declared> {
  return new Map(FACTS.map(({ name, help, labels }) => [name, { gauge: new Gauge({ name, help, labelNames: [...labels], registers: [registry] }), unlabelled: labels.length === 0 }]));
}

/**
 * Makes what only the database knows at most ten seconds old, in at most two seconds: on a connection of its own,
 * since a full pool is what an operator wants to see. Where the database does not answer the gauges are absent.
 */
export async function refreshDatabaseFacts(databaseUrl: string): Promise<void> {
  const state = slot();
  if (Date.now() - state.asked < FRESH_MS) return;
  state.asking ??= ask(state, databaseUrl).finally(() => {
    state.asked = Date.now();
    state.asking = null;
  });
  await state.asking;
}

async function ask(state: Slot, databaseUrl: string): Promise<void> {
  const looking = async () => await askAll((state.client ??= await connect(databaseUrl, () => (state.client = null))));
  const answers = await within(PATIENCE_MS, looking()).catch(() => null);
  for (const [name, declared] of state.gauges) fill(declared, answers?.get(name) ?? []);
  if (answers !== null) return;
  // What was asked too late answers nobody: the next look begins with a connection of its own.
  void state.client?.end().catch(() => undefined);
  state.client = null;
}

async function connect(databaseUrl: string, ended: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "kos-metrics", connectionTimeoutMillis: PATIENCE_MS, statement_timeout: PATIENCE_MS });
  client.on("error", ended);
  client.on("end", ended);
  await client.connect();
  return client;
}

type Row = Record<string, string | number | null>;

async function askAll(client: pg.Client): Promise<Map<string, Row[]>> {
  const answers = new Map<string, Row[]>();
  for (const { name, sql } of FACTS) {
    const parameters = sql.includes("$1") ? [processFacts().feed()?.seq ?? null] : [];
    const answer = await client.query<Row>(sql, parameters).catch((error: unknown) => {
      // An instance without the queue's tables still has mails to count; without a connection nothing is left to ask.
      if ((error as { code?: string }).code === "42P01") return { rows: [] };
      throw error;
    });
    answers.set(name, answer.rows);
  }
  return answers;
}

function fill({ gauge, unlabelled }: Declared, rows: Row[]): void {
  gauge.reset();
  // One without labels begins at 0, which would be an answer.
  if (unlabelled) gauge.remove();
  for (const { value, ...labels } of rows) if (value !== null && value !== undefined) gauge.inc(labels as Record<string, string>, Number(value));
}

/** Ends the connection of these metrics; for the end of a process. */
export async function closeDatabaseFacts(): Promise<void> {
  const state = slot();
  await state.client?.end().catch(() => undefined);
  state.client = null;
}
