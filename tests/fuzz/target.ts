import type { Random } from "./random.ts";

/** One door under attack. */
export interface Target {
  /** what the mutations start from */
  seeds: readonly Buffer[];
  mutate: (random: Random, input: Buffer, other: Buffer) => Buffer;
  /** What is wrong with the door's answer, or null. It may throw: that is a finding too. `accepted` says whether the input passed. */
  judge: (input: Buffer) => Promise<{ accepted: boolean; finding: string | null }>;
  /** ends what the target started */
  close: () => void;
}
