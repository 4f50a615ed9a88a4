/** What was waited for did not come in time. */
export class NoAnswer extends Error {
  /** How far past the time the process itself came to its clock, in milliseconds: far past tells nothing about the other side. */
  readonly lateMs: number;

  constructor(ms: number, waited: number) {
    super(`no answer within ${ms} ms`);
    this.lateMs = waited - ms;
  }
}

/** Waits at most `ms` milliseconds for `work`; throws NoAnswer then. The work itself goes on, and what becomes of it is nobody's any more. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const started = performance.now();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(ms, performance.now() - started)), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
