/** What a small operation may take, its repetitions included: a store that hangs must not hang whoever waits for it. */
const SMALL_MS = 3_000;
/** Slower than any store that is worth waiting for. */
const BYTES_PER_MS = 512;

/** Runs an operation that is abandoned when it takes longer than small ones may and `bytes` need; rejects then. */
export async function inTime<T>(send: (options: { abortSignal: AbortSignal }) => Promise<T>, bytes = 0): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), SMALL_MS + bytes / BYTES_PER_MS);
  try {
    return await send({ abortSignal: late.signal });
  } finally {
    // Only until the answer begins: its body may take the time it takes.
    clearTimeout(timer);
  }
}
