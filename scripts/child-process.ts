/** Tells the supervisor that this process serves, when there is one. */
export function reportReady(facts: Record<string, unknown>): void {
  process.send?.({ ready: true, ...facts });
}

/**
 * Ends this process in order, once: on SIGTERM or SIGINT, and when the channel to the supervisor closes, so that a
 * killed supervisor leaves nothing behind. `stop` gets 30 s.
 */
export function endWithParent(stop: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), 30_000).unref();
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
  process.on("disconnect", end);
}
