import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

interface Listening {
  databaseUrl: string;
  channel: string;
  /** What Postgres shows beside the connection. */
  applicationName: string;
  /** Ends the listening. */
  signal: AbortSignal;
  /** Called each time that listening begins: what was announced before went unheard. Where it fails, the connection is given up. */
  onReady?: () => Promise<void>;
  onNotice: () => void;
  onFault: (error: unknown) => void;
}

const AGAIN_MS = 1_000;
/** A server whose machine vanished sends no end: after so long without a word the connection itself is asked. */
const SILENCE_MS = 10_000;

/**
 * Hears every NOTIFY on `channel`, on a connection of its own, until `signal` aborts; resolves then. A connection that
 * fails or ends is made anew a second later. What is announced in between is lost: ask besides
 * (https://www.postgresql.org/docs/current/sql-notify.html).
 */
export async function listenTo(options: Listening): Promise<void> {
  while (!options.signal.aborted) {
    await listenOnce(options);
    await delay(AGAIN_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

async function listenOnce({ databaseUrl, channel, applicationName, signal, onReady, onNotice, onFault }: Listening): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: applicationName, keepAlive: true, keepAliveInitialDelayMillis: SILENCE_MS });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  for (const event of ["error", "end"] as const) client.on(event, () => end());
  const abort = () => end();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await client.connect();
    client.on("notification", onNotice);
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    await onReady?.();
    await ended;
  } catch (error) {
    onFault(error);
  }
  // One connection after the other: the signal lives as long as the process.
  signal.removeEventListener("abort", abort);
  await client.end().catch(() => undefined);
}
