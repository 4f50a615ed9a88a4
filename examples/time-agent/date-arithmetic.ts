/** A span of calendar time. Fields may be negative. */
export interface Span {
  years?: number;
  months?: number;
  weeks?: number;
  days?: number;
}

const DAY_MS = 86_400_000;

/**
 * Adds a span to a date (`YYYY-MM-DD`): years and months first, then weeks and days. A day that the month
 * does not have becomes its last one: 31 January plus one month is 28 or 29 February.
 */
export function addToDate(date: string, span: Span): string {
  const start = readDate(date);
  const monthIndex = start.getUTCFullYear() * 12 + start.getUTCMonth() + whole(span.years) * 12 + whole(span.months);
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const moved = Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay));
  return new Date(moved + (whole(span.weeks) * 7 + whole(span.days)) * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((readDate(to).getTime() - readDate(from).getTime()) / DAY_MS);
}

function readDate(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  const isReal = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isReal) throw new RangeError(`"${text}" is not a date, YYYY-MM-DD`);
  return date;
}

function whole(value: number | undefined): number {
  if (value !== undefined && !Number.isInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return value ?? 0;
}
