import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { Caller } from "../caller.ts";
import { parse, sha256 } from "../publish-flow.ts";
import type { Instance, Victim } from "./instance.ts";
import type { Entry, Fault, Ledger } from "./ledger.ts";

/** At rest: over, or waiting for a person. An unfinished upload is a draft, which expires. */
const AT_REST = new Set(["in_review", "held", "needs_changes", "published", "rejected", "withdrawn", "superseded", "expired"]);
const DECIDED = { approve: "published", reject: "rejected", request_changes: "needs_changes" } as const;
const BEFORE_PUBLISHED = new Set(["approved", "published"]);

/** Compares what the clients were told since the last check with what is there. Called while the load runs: things may have gone on. */
export async function checkSince(instance: Instance, entries: Entry[], kill: Victim | null): Promise<Fault[]> {
  const told = entries.filter(({ id }) => id !== null);
  for (const entry of told) entry.kill = kill;
  const { submissions, decisions } = await readTables(instance);
  const faults: Fault[] = [];
  for (const entry of told) {
    const row = submissions.find(({ id }) => id === entry.id);
    faults.push(...(await faultsOfSubmission(instance, entry, row === undefined ? [] : [row])));
    if (entry.decision?.told === "done" && decisions.get(entry.id ?? "") === undefined) faults.push({ sort: "lost", kill, text: `the decision on ${nameOf(entry)} is not there` });
  }
  return faults;
}

const nameOf = ({ made }: Entry): string => `${made.listing} ${made.version}`;

/** Compares the whole ledger with database, store, feed and downloads, after everything has come to rest. */
export async function checkLedger(instance: Instance, ledger: Ledger): Promise<Fault[]> {
  const tables = await readTables(instance);
  const faults: Fault[] = [];
  for (const entry of ledger.entries) {
    if (entry.stuck !== null) faults.push({ sort: "stuck", kill: entry.kill, text: entry.stuck });
    const rows = tables.submissions.filter(({ listing, version }) => listing === entry.made.listing && version === entry.made.version);
    faults.push(...(await faultsOfSubmission(instance, entry, rows)), ...faultsOfState(entry, rows[0]?.state ?? null, tables));
  }
  return [...faults, ...faultsOfLog(tables), ...(await faultsOfFeed(instance, ledger, tables)), ...(await faultsOfDownloads(instance, ledger)), ...(await faultsOfCounts(instance, ledger))];
}

async function faultsOfSubmission(instance: Instance, entry: Entry, rows: SubmissionRow[]): Promise<Fault[]> {
  const fault = (sort: Fault["sort"], text: string): Fault[] => [{ sort, kill: entry.kill, text: `${nameOf(entry)}: ${text}` }];
  if (rows.length > 1) return fault("doubled", `${rows.length} submissions of one publish`);
  const row = rows[0];
  if (entry.told === "done" && (row === undefined || row.id !== entry.id)) return fault("lost", "its acknowledged submission is not there");
  if (row === undefined) return [];
  if (entry.told !== "done" && (row.state === "draft" || row.state === "expired")) return [];
  if (entry.told === "refused") return fault("other", `refused, and yet ${row.state}`);
  if (row.sha256 !== entry.made.sha256) return fault("altered", `its row says ${row.sha256}`);
  const bytes = await instance.readArtifact(row.sha256);
  if (bytes === null) return fault("lost", "its bytes are not in the store");
  return sha256(bytes) === entry.made.sha256 ? [] : fault("altered", "its bytes in the store are others");
}

function faultsOfState(entry: Entry, state: string | null, { decisions, versions, told }: Tables): Fault[] {
  const faults: Fault[] = [];
  const fault = (sort: Fault["sort"], text: string) => faults.push({ sort, kill: entry.kill, text: `${nameOf(entry)}: ${text}` });
  if (state === null) return faults;
  if (!AT_REST.has(state) && !(state === "draft" && entry.told !== "done")) fault("stuck", `still ${state}`);
  const made = decisions.get(entry.id ?? "") ?? 0;
  if (made > 1) fault("doubled", `${made} decisions`);
  if (entry.decision?.told === "done" && made === 0) fault("lost", "its acknowledged decision is not there");
  if (entry.decision !== null && made === 1 && state !== DECIDED[entry.decision.verdict] && !(entry.decision.verdict !== "approve" && state === "superseded")) fault("other", `decided (${entry.decision.verdict}), and yet ${state}`);
  const own = versions.filter(({ listing, version }) => listing === entry.made.listing && version === entry.made.version);
  if (own.length > 1) fault("doubled", `${own.length} versions`);
  if ((state === "published") !== (own.length === 1)) fault(own.length === 0 ? "lost" : "other", `${state} with ${own.length} versions`);
  if (entry.published && !BEFORE_PUBLISHED.has(state)) fault("lost", `seen published, and now ${state}`);
  const [version] = own;
  if (version === undefined) return faults;
  if (version.sha256 !== entry.made.sha256) fault("altered", `its version says ${version.sha256}`);
  if (entry.yank === "done" && !version.yanked) fault("lost", "its acknowledged yank is not there");
  const publishes = told.get(`catalog:version:publish ${entry.made.listing} ${entry.made.version}`) ?? 0;
  if (publishes !== 1) fault(publishes === 0 ? "lost" : "doubled", `${publishes} events tell of its publishing`);
  const yanks = told.get(`catalog:version:yank ${entry.made.listing} ${entry.made.version}`) ?? 0;
  if (yanks > 1 || (entry.yank === "done" && yanks === 0)) fault(yanks === 0 ? "lost" : "doubled", `${yanks} events tell of its yank`);
  return faults;
}

/** Each version has one leaf, and numbers run without a gap. */
function faultsOfLog({ versions, leaves }: Tables): Fault[] {
  const faults: Fault[] = [];
  const count = new Map<string, number>();
  for (const { source } of leaves) count.set(source, (count.get(source) ?? 0) + 1);
  for (const { id, listing, version } of versions) {
    const found = count.get(`version:${id}`) ?? 0;
    if (found !== 1) faults.push({ sort: found === 0 ? "lost" : "doubled", kill: null, text: `${listing} ${version}: ${found} leaves of the record` });
  }
  const numbers = leaves.map(({ seq }) => seq).filter((seq) => seq !== null).sort((a, b) => a - b);
  const gap = numbers.findIndex((seq, place) => seq !== place);
  if (gap !== -1) faults.push({ sort: "other", kill: null, text: `the record's numbers have a gap or a double at ${gap}` });
  if (numbers.length > 0 && numbers.length < leaves.length) faults.push({ sort: "stuck", kill: null, text: `${leaves.length - numbers.length} leaves of the record have no number` });
  return faults;
}

/** The feed names, for each listing of the ledger, the highest published version that is not yanked, with its digest. */
async function faultsOfFeed(instance: Instance, ledger: Ledger, { versions }: Tables): Promise<Fault[]> {
  const caller = new Caller(0, 15_000);
  const feed = parse<Record<string, { latest: string; checksum: string } | undefined>>(await caller.ask(`${instance.url}/api/feed.json`));
  caller.close();
  return [...new Set(ledger.entries.map(({ made }) => made.listing))].flatMap((listing) => {
    const [latest] = versions.filter((row) => row.listing === listing && !row.yanked).sort((a, b) => Number(b.version.split(".")[1]) - Number(a.version.split(".")[1]));
    const found = feed[listing];
    const same = found?.latest === latest?.version && (latest === undefined || found?.checksum === `sha256:${latest.sha256}`);
    return same ? [] : [{ sort: "other" as const, kill: null, text: `the feed says ${listing} ${found?.latest ?? "is absent"}, the database ${latest?.version ?? "nothing"}` }];
  });
}

/** What a stranger gets, byte for byte. */
async function faultsOfDownloads(instance: Instance, ledger: Ledger): Promise<Fault[]> {
  const caller = new Caller(1, 15_000);
  const faults: Fault[] = [];
  for (const entry of ledger.entries.filter(({ published }) => published)) {
    const found = await caller.ask(`${instance.url}/api/service/${entry.made.listing}/download?version=${entry.made.version}`);
    if (found.status < 400) ledger.downloads.push(Date.now());
    const bytes = found.status === 302 ? await caller.ask(found.headers.location ?? "") : found;
    if (bytes.status !== 200) faults.push({ sort: "lost", kill: entry.kill, text: `${nameOf(entry)}: its download answers ${bytes.status}` });
    else if (sha256(bytes.body) !== entry.made.sha256) faults.push({ sort: "altered", kill: entry.kill, text: `${nameOf(entry)}: its download has other bytes` });
  }
  caller.close();
  return faults;
}

const FLUSH_MS = 4_000;
/** How long counts may take to be written, the check's own downloads among them. */
const COUNTED_MS = 10_000;

/**
 * Counts are in memory for some three seconds: what a killed web process had not written is lost, and what was written
 * as the database died may count twice. Comes after the last download.
 */
async function faultsOfCounts(instance: Instance, ledger: Ledger): Promise<Fault[]> {
  const before = (wanted: (victim: Victim) => boolean) => ledger.downloads.filter((at) => ledger.kills.some((kill) => wanted(kill.victim) && at > kill.at - FLUSH_MS && at <= kill.until)).length;
  const [answered, mayMiss, mayDouble] = [ledger.downloads.length, before((victim) => victim === "web" || victim === "all at once"), before((victim) => victim === "postgres")];
  const counted = await untilCounted(instance, answered);
  return counted >= answered - mayMiss - mayDouble && counted <= answered + mayDouble ? [] : [{ sort: "other", kill: null, text: `${answered} downloads were answered and ${counted} counted (${mayMiss} may be missing, ${mayDouble} may be double)` }];
}

/** Downloads of the ledger's publishers as the database counts them, once all of `answered` are there; at the latest after ten seconds. */
async function untilCounted(instance: Instance, answered: number): Promise<number> {
  for (const end = Date.now() + COUNTED_MS; ; await delay(250)) {
    const counted = await withRows(instance, async (rows) => (await rows<{ n: number }>(`SELECT coalesce(sum("count"), 0)::int AS n FROM "DownloadDay"`))[0]?.n ?? 0);
    if (counted >= answered || Date.now() >= end) return counted;
  }
}

interface SubmissionRow {
  id: string;
  listing: string;
  version: string;
  sha256: string;
  state: string;
}

interface Tables {
  submissions: SubmissionRow[];
  /** Decisions by submission. */
  decisions: Map<string, number>;
  versions: { id: string; listing: string; version: string; sha256: string; yanked: boolean }[];
  /** Events by name, listing and version. */
  told: Map<string, number>;
  leaves: { source: string; seq: number | null }[];
}

type Rows = <T extends pg.QueryResultRow>(statement: string) => Promise<T[]>;

async function withRows<T>(instance: Instance, read: (rows: Rows) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: instance.run()?.databaseUrl ?? "", application_name: "kos-drill" });
  try {
    await client.connect();
    return await read(async (statement) => (await client.query(statement)).rows);
  } finally {
    await client.end();
  }
}

async function readTables(instance: Instance): Promise<Tables> {
  return await withRows(instance, async (rows) => ({
    submissions: await rows(`SELECT "id"::text AS id, "listingSlug" AS listing, "version" AS version, "artifactSha256" AS sha256, "state" AS state FROM "Submission"`),
    decisions: new Map((await rows<{ id: string; n: number }>(`SELECT "submissionId"::text AS id, count(*)::int AS n FROM "Decision" GROUP BY 1`)).map(({ id, n }) => [id, n])),
    versions: await rows(`SELECT v."id"::text AS id, l."slug" AS listing, v."version" AS version, v."artifactSha256" AS sha256, v."yankedAt" IS NOT NULL AS yanked FROM "Version" v JOIN "Listing" l ON l."id" = v."listingId"`),
    told: new Map((await rows<{ what: string; n: number }>(`SELECT "name" || ' ' || replace("subject", 'listing:', '') || ' ' || ("data"->>'version') AS what, count(*)::int AS n FROM "AuditEvent" WHERE "name" LIKE 'catalog:version:%' GROUP BY 1`)).map(({ what, n }) => [what, n])),
    leaves: await rows(`SELECT "source" AS source, "seq"::int AS seq FROM "LogLeaf"`),
  }));
}
