let held = 0;
let waiting = false;

/**
 * Runs what must not end half done: a Ctrl-C meanwhile counts when it is over. For steps of moments, never for a wait.
 */
export async function holdInterrupts<Result>(work: () => Promise<Result>): Promise<Result> {
  held += 1;
  try {
    return await work();
  } finally {
    held -= 1;
    if (held === 0 && waiting) stop();
  }
}

/** A signal that a terminal sends to several processes may come twice; a person who presses again means it. */
const IMPATIENCE_MS = 1000;

/** Makes Ctrl-C end the process between two steps, with a last line that says so, and the code of a shell for it (130). */
export function endOnInterrupt(say: (text: string) => void): void {
  let first = 0;
  process.on("SIGINT", () => {
    if (waiting && Date.now() - first > IMPATIENCE_MS) stop();
    if (waiting) return;
    [waiting, first] = [true, Date.now()];
    say("Stopped; nothing is half done. The same command goes on from here.");
    if (held === 0) stop();
  });
}

function stop(): never {
  process.exit(130);
}
