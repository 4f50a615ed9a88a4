import { existsSync } from "node:fs";
import { join } from "node:path";
import { shippedBinaries } from "./postgres/binaries.ts";
import { choosePlace } from "./postgres/choose-place.ts";
import { runServer, type RunningPostgres } from "./postgres/run-server.ts";

export { freePort } from "./postgres/run-server.ts";
export type EmbeddedPostgres = RunningPostgres;

interface Input {
  dataDir: string;
  /** Of the database's one account, from the first start on. */
  password: string;
  /** Lines of the server's log. */
  onLog?: (line: string) => void;
  /** What the operator should read. */
  say?: (line: string) => void;
  /** A free one unless given: for a server that takes the place of one that others know. */
  port?: number;
  /** For tests: does not wait for the disk. */
  volatile?: boolean;
}

/**
 * Starts the Postgres that ships inside npm packages, on a free loopback port, with its data below `dataDir`.
 * As root the server runs as another account (Postgres refuses root); where that account cannot enter the
 * folders, binaries and data live under /var/lib/kos-marketplace instead. Data of an older major version is
 * upgraded first.
 *
 * @throws Refusal when the data is of a version that cannot be upgraded here; nothing was touched then
 */
export async function startEmbeddedPostgres(input: Input): Promise<EmbeddedPostgres> {
  const place = choosePlace(input.dataDir);
  const binaries = shippedBinaries();
  // Loaded only where there is something to look at: a first start has no use for it.
  if (existsSync(join(place.data, "..", "postgres-upgrade.json")) || existsSync(join(place.data, "PG_VERSION"))) {
    const { upgradePostgres } = await import("./postgres/upgrade-postgres.ts");
    await upgradePostgres(place, binaries, { password: input.password, onLog: input.onLog, say: input.say ?? ((line) => void process.stderr.write(`${line}\n`)) });
  }
  return await runServer(binaries, place, { password: input.password, onLog: input.onLog, volatile: input.volatile, port: input.port });
}
