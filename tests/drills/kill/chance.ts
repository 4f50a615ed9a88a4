import type { Victim } from "./instance.ts";

export const VICTIMS = ["web", "worker", "postgres", "all at once"] as const satisfies Victim[];
/** Of twenty instants. */
const SHARES = { web: 7, worker: 5, postgres: 6, "all at once": 2 } as const satisfies Record<Victim, number>;
/** A supervisor gives up on a process that keeps ending within ten seconds of its start: killing is not to look like that. */
const RAN_MS = 11_000;
const MOST_SHORT_LIVES = 3;

/** The drill's dice: the same seed gives the same throws, though the registry's own timing decides what they meet. */
export class Chance {
  private state: number;
  private readonly shortLives = new Map<Victim, number>();
  private readonly back = new Map<Victim, number>();

  private readonly victims: readonly Victim[];

  constructor(seed: number, victims: readonly Victim[]) {
    this.state = seed >>> 0;
    this.victims = victims;
  }

  /** How long to wait before the next kill. */
  pauseMs(): number {
    return 150 + this.next() * 2_350;
  }

  victim(): Victim {
    for (;;) {
      let left = this.next() * 20;
      const victim = VICTIMS.find((one) => (left -= SHARES[one]) < 0) ?? "web";
      const short = Date.now() - (this.back.get(victim) ?? 0) < RAN_MS;
      const lives = short ? (this.shortLives.get(victim) ?? 0) + 1 : 0;
      if (!this.victims.includes(victim) || (victim !== "all at once" && lives > MOST_SHORT_LIVES && this.victims.length > 1)) continue;
      this.shortLives.set(victim, lives);
      return victim;
    }
  }

  /** It runs again, and counts as short-lived when it is killed within seconds. */
  isBack(victim: Victim): void {
    for (const name of victim === "all at once" ? VICTIMS : [victim]) {
      this.back.set(name, Date.now());
      if (victim === "all at once") this.shortLives.set(name, 0);
    }
  }

  /** Mulberry32: from 0 to 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
