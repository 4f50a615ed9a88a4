import { isId } from "#lib/platform/index.ts";
import { badRequest } from "./errors.ts";

/** Which page of a list: what follows the cursor of the page before, `limit` rows at most. */
export interface PageInput {
  cursor?: string | undefined;
  limit: number;
}

/** Cuts the page out of one row more than was asked for; the cursor is the last shown row's id, whose order is that of time. */
export function cutPage<Row extends { id: string }>(rows: Row[], limit: number): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** The condition that goes on after a cursor, newest first unless said otherwise. Throws `bad-request` for a broken one. */
export function afterCursor(cursor: string | undefined, order: "newest" | "oldest" = "newest"): { id?: { lt: string } | { gt: string } } {
  if (cursor === undefined || cursor === "") return {};
  if (!isId(cursor)) throw badRequest("The cursor is not one of ours.");
  return { id: order === "newest" ? { lt: cursor } : { gt: cursor } };
}
