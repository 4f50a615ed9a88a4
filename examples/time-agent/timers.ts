export interface RunningTimer {
  id: number;
  label: string;
  endsAt: string;
}

/** A day: a longer wait is a calendar entry, and the runtime's own timers overflow at 24.8 days. */
export const LONGEST_TIMER_SECONDS = 86_400;

/** Timers that live as long as the plugin runs. */
export class Timers {
  readonly #running = new Map<number, { timer: RunningTimer; handle: ReturnType<typeof setTimeout> }>();
  #lastId = 0;

  /** Starts a timer; `onEnd` is called once when it ends, never after it was stopped. */
  start(seconds: number, label: string, onEnd: (timer: RunningTimer) => void): RunningTimer {
    if (!(seconds > 0 && seconds <= LONGEST_TIMER_SECONDS)) throw new RangeError(`a timer runs for up to ${LONGEST_TIMER_SECONDS} seconds, not ${seconds}`);
    this.#lastId += 1;
    const timer: RunningTimer = { id: this.#lastId, label, endsAt: new Date(Date.now() + seconds * 1000).toISOString() };
    const handle = setTimeout(() => {
      this.#running.delete(timer.id);
      onEnd(timer);
    }, seconds * 1000);
    this.#running.set(timer.id, { timer, handle });
    return timer;
  }

  /** Stops a timer; answers whether it was still running. */
  stop(id: number): boolean {
    const entry = this.#running.get(id);
    if (entry === undefined) return false;
    clearTimeout(entry.handle);
    return this.#running.delete(id);
  }

  /** Running timers, the next to end first. */
  list(): RunningTimer[] {
    return [...this.#running.values()].map((entry) => entry.timer).sort((a, b) => a.endsAt.localeCompare(b.endsAt) || a.id - b.id);
  }

  stopAll(): void {
    for (const id of [...this.#running.keys()]) this.stop(id);
  }
}
