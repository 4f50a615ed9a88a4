import type { Leaf } from "@kosmarket/kit";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What a leaf says, without what makes it a leaf. */
export type Facts = Without<Leaf, "v" | "id" | "actor" | "late">;

export interface Told {
  facts: Facts;
  /** The account that did it, where the row knows. */
  actorId: string | null;
}
