import { buildSnapshot } from "#lib/feed/index.ts";
import type { Benchmark, Measured as Report } from "./benchmark.ts";
import { measureRequests, percentile, read, type Measured } from "./search/measure-requests.ts";
import { DEEP, QUERY_KINDS, type QueryKind } from "./search/query-kinds.ts";
import { explainStatements, recordStatements, replayStatements } from "./search/replay-statements.ts";
import { seedListings } from "./search/seed-listings.ts";
import { startInstance, type Instance } from "./search/start-instance.ts";

const SIZES = [1_000, 100_000];
const DEEP_PAGE = 500;
const PAGE = 20;
const PAGES = ["/", "/search", "/search?q=model"];

interface Row {
  kind: string;
  listings: number;
  alone: Measured;
  eight: Measured;
  sqlMs: number;
}

/** The list over HTTP, at two sizes of the catalogue, beside what its statements cost without HTTP and what HTTP costs without them. */
export const searchBenchmark: Benchmark = {
  question: "Milliseconds of a search over HTTP with 1,000 and with 100,000 listings",
  async run(say) {
    const instance = await startInstance(say);
    try {
      const rows: Row[] = [];
      const facts: Report["facts"] = {};
      let seeded = 0;
      for (const size of SIZES) {
        const began = Date.now();
        await seedListings(instance.databaseUrl, seeded, size);
        seeded = size;
        facts[`seconds to seed ${size}`] = Math.round((Date.now() - began) / 100) / 10;
        say(`  ${size} listings`);
        const cursor = await deepCursor(instance, size / PAGE);
        for (const kind of QUERY_KINDS) rows.push(await measureKind(instance, kind, size, cursor));
        for (const page of PAGES) facts[`first byte of ${page} at ${size}, ms`] = await firstByte(instance, page);
      }
      const healthz = await measureRequests(instance.url, () => "/healthz", { concurrency: 1, milliseconds: 2_000, least: 100 });
      facts["healthz p50, ms"] = round(healthz.p50);
      facts["web process, MB"] = instance.residentMegabytes();
      const built = Date.now();
      await buildSnapshot(instance.deps);
      facts["feed of all, seconds to build"] = round((Date.now() - built) / 1000);
      if (process.argv.includes("--plan")) await printSlowest(instance, rows, say);
      return report(rows, facts, healthz);
    } finally {
      await instance.stop();
    }
  },
};

async function measureKind(instance: Instance, kind: QueryKind, listings: number, cursor: string): Promise<Row> {
  const search = (number: number) => `${kind.ask(number)}${kind.name === DEEP ? `&cursor=${cursor}` : ""}`;
  const path = (number: number) => `/api/v1/listings?${search(number)}&limit=${PAGE}`;
  await verify(instance, kind, path(0));
  await measureRequests(instance.url, path, { concurrency: 1, milliseconds: 300, least: 8 });
  const alone = await measureRequests(instance.url, path, { concurrency: 1, milliseconds: 2_000, least: 100 });
  const eight = await measureRequests(instance.url, path, { concurrency: 8, milliseconds: 2_000, least: 100 });
  const sqlMs = await replayStatements(instance.databaseUrl, await recordStatements(instance.databaseUrl, `${search(0)}&limit=${PAGE}`), 30);
  return { kind: kind.name, listings, alone, eight, sqlMs };
}

/** What is measured must be an answer: something found, or nothing where nothing is to be found. */
async function verify(instance: Instance, kind: QueryKind, path: string): Promise<void> {
  const { items } = JSON.parse((await read(`${instance.url}${path}`)).body.toString()) as { items: { id: string }[] };
  const wanted = kind.name === "exact id" ? new URL(path, instance.url).searchParams.get("q") : null;
  if ((kind.name === "no hit") !== (items.length === 0) && kind.name !== "typing error" && kind.name !== "rare word") throw new Error(`${kind.name}: ${items.length} listings at ${path}`);
  if (wanted !== null && items[0]?.id !== wanted) throw new Error(`${kind.name}: ${items[0]?.id} stands first at ${path}`);
}

/** Pages by a hundred to where page 500 of twenty begins, or to the last page of a smaller catalogue, and sees nothing twice on the way. */
async function deepCursor(instance: Instance, pages: number): Promise<string> {
  const seen = new Set<string>();
  let cursor = "";
  while (seen.size < (Math.min(DEEP_PAGE, pages) - 1) * PAGE) {
    const limit = Math.min(100, (Math.min(DEEP_PAGE, pages) - 1) * PAGE - seen.size);
    const answer = JSON.parse((await read(`${instance.url}/api/v1/listings?sort=downloads&limit=${limit}${cursor === "" ? "" : `&cursor=${cursor}`}`)).body.toString()) as { items: { id: string }[]; nextCursor: string };
    const before = seen.size;
    for (const { id } of answer.items) seen.add(id);
    if (seen.size !== before + limit) throw new Error(`a page after ${before} listings shows ${seen.size - before} new ones of ${limit}`);
    cursor = answer.nextCursor;
  }
  return cursor;
}

/** Median of ten, each made anew: a query of its own keeps the answer from coming from memory, which on `/` waiting does. */
async function firstByte(instance: Instance, page: string): Promise<number> {
  const times: number[] = [];
  for (let number = 0; number < 10; number++) times.push((await read(`${instance.url}${page}${page.includes("?") ? "&" : "?"}fresh=${number}`)).firstByteMs);
  return round(percentile(times, 0.5));
}

async function printSlowest(instance: Instance, rows: Row[], say: (line: string) => void): Promise<void> {
  const slowest = rows.reduce((worst, row) => (row.alone.p50 > worst.alone.p50 ? row : worst));
  const search = QUERY_KINDS.find((kind) => kind.name === slowest.kind)?.ask(0) ?? "";
  say(`\nThe slowest kind, ${slowest.kind}: ${search}\n\n${await explainStatements(instance.databaseUrl, await recordStatements(instance.databaseUrl, search))}`);
}

function report(rows: Row[], facts: Report["facts"], healthz: Measured): Report {
  const cell = (value: number) => value.toFixed(1);
  return {
    columns: ["query", "1,000: p50, ms", "100,000: p50, ms", "p99, ms", "at 8: p50, ms", "p99, ms", "per second", "SQL alone, ms", "to SQL", "to healthz"],
    rows: QUERY_KINDS.map(({ name }) => {
      const [small, large] = SIZES.map((size) => rows.find((row) => row.kind === name && row.listings === size));
      if (small === undefined || large === undefined) return [name];
      return [name, cell(small.alone.p50), cell(large.alone.p50), cell(large.alone.p99), cell(large.eight.p50), cell(large.eight.p99), large.eight.perSecond.toFixed(0), cell(large.sqlMs), `${(large.alone.p50 / large.sqlMs).toFixed(1)}×`, `${(large.alone.p50 / healthz.p50).toFixed(0)}×`];
    }),
    commands: ["node server.ts", `GET /api/v1/listings?…&limit=${PAGE}`],
    facts,
    raw: rows,
    skipped: [],
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
