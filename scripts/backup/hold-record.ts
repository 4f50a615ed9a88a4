import { SEQUENCER_LOCK } from "#lib/transparency/index.ts";
import { openSession } from "../database/open-session.ts";

/** Waits until nobody numbers, stores or signs entries of the public log, and keeps it so until the answer is called; leaves are written meanwhile and wait. */
export async function holdRecord(databaseUrl: string): Promise<() => Promise<void>> {
  const client = await openSession(databaseUrl);
  let held = true;
  const release = async () => {
    if (held) await client.end();
    held = false;
  };
  try {
    await client.query("SELECT pg_advisory_lock($1::bigint)", [SEQUENCER_LOCK]);
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}
