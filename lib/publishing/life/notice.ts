import { wrongField } from "./errors.ts";

const DAY_MS = 86_400_000;
/** What a deprecation promises whoever installed it (docs/lifecycle.md). */
const NOTICE_DAYS = 90;

/** When a notice that is given now ends: as asked, and never in fewer than 90 days. */
export function noticeEnd(now: Date, until: string | null): Date {
  const least = new Date(now.getTime() + NOTICE_DAYS * DAY_MS);
  if (until === null) return least;
  const asked = new Date(until);
  // The last day counts whole, whatever the hour of the request.
  if (asked.getTime() < least.getTime() - DAY_MS) throw wrongField("/until", `A deprecation gives ${NOTICE_DAYS} days' notice: until ${least.toISOString().slice(0, 10)} at the earliest.`);
  return asked;
}
