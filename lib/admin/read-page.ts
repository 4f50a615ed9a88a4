import { badRequest } from "#lib/http/index.ts";
import { isId } from "#lib/platform/index.ts";

/** Cuts the page out of one row more than was asked for; the cursor is the last shown row's id, whose order is that of time. */
export function cutPage<Row extends { id: string }>(rows: Row[], limit: number): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** The condition that goes on after a cursor, newest first. Throws `bad-request` for a broken one. */
export function after(cursor: string | undefined): { id?: { lt: string } } {
  if (cursor === undefined || cursor === "") return {};
  if (!isId(cursor)) throw badRequest("The cursor is not one of ours.");
  return { id: { lt: cursor } };
}
