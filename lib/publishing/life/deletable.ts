import { notAllowedNow } from "./errors.ts";

const DELETABLE_HOURS = 72;

/**
 * The written rule of docs/lifecycle.md: what nobody else needs may be deleted within 72 hours of its publication, and
 * afterwards only yanked or deprecated. Others build on what was published, and a name that vanishes breaks them.
 */
export function requireDeletable({ what, publishedAt, now, dependents }: { what: string; publishedAt: Date; now: Date; dependents: number }): void {
  const hours = (now.getTime() - publishedAt.getTime()) / 3_600_000;
  if (hours > DELETABLE_HOURS) throw notAllowedNow(`${what} was published more than ${DELETABLE_HOURS} hours ago and is kept; yank or deprecate it instead.`, { dependents });
  if (dependents > 0) throw notAllowedNow(`${dependents === 1 ? "One listing needs" : `${dependents} listings need`} ${what}, so it is kept; yank or deprecate it instead.`, { dependents });
}
