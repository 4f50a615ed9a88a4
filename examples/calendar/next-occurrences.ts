import type { CalendarEvent } from "./parse-ics.ts";
import type { Rule } from "./read-rule.ts";
import { toUtc } from "./zoned-moment.ts";

export interface Occurrence {
  uid: string;
  title: string;
  place: string | null;
  startsAt: string;
  endsAt: string;
  allDay: boolean;
}

const DAY_MS = 86_400_000;
/** Steps of one rule that are looked at: over 100 years of a daily event. */
const MOST_STEPS = 40_000;

/** The next `limit` occurrences that end after `from`, of all events, in order of their start. */
export function nextOccurrences(events: readonly CalendarEvent[], from: Date, limit: number): Occurrence[] {
  return events
    .flatMap((event) => upcoming(event, from, limit))
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.title.localeCompare(b.title, "en"))
    .slice(0, limit);
}

function upcoming(event: CalendarEvent, from: Date, limit: number): Occurrence[] {
  const except = new Set(event.except);
  const found: Occurrence[] = [];
  let counted = 0;
  for (const local of localStarts(event)) {
    counted += 1;
    if (event.rule?.count != null && counted > event.rule.count) break;
    // Over by more than a day in any zone: saves the exact conversion for the long past of an old event.
    if (Date.parse(`${local}Z`) + event.durationMs + DAY_MS < from.getTime()) continue;
    const startsAt = toUtc(local, event.start.zone);
    if (event.rule?.until != null && startsAt > event.rule.until) break;
    const end = Date.parse(startsAt) + event.durationMs;
    if (end <= from.getTime() && startsAt !== from.toISOString()) continue;
    if (except.has(startsAt)) continue;
    found.push({ uid: event.uid, title: event.title, place: event.place, startsAt, endsAt: new Date(end).toISOString(), allDay: event.start.allDay });
    if (found.length === limit) break;
  }
  return found;
}

function* localStarts(event: CalendarEvent): Generator<string> {
  const { rule, start } = event;
  if (rule === null) {
    yield start.local;
    return;
  }
  for (let step = 0; step < MOST_STEPS; step += 1) {
    for (const day of daysOfStep(start.local.slice(0, 10), rule, step)) {
      const local = `${day}${start.local.slice(10)}`;
      if (local >= start.local) yield local;
    }
  }
}

/** The days (`YYYY-MM-DD`) that one step of a rule gives; none when a month lacks the day. */
function daysOfStep(first: string, rule: Rule, step: number): string[] {
  const start = new Date(`${first}T00:00:00Z`);
  const distance = step * rule.interval;
  if (rule.every === "day") return [toDay(start.getTime() + distance * DAY_MS)];
  if (rule.every === "week") {
    const monday = start.getTime() - ((start.getUTCDay() + 6) % 7) * DAY_MS + distance * 7 * DAY_MS;
    const weekdays = rule.weekdays.length > 0 ? rule.weekdays : [start.getUTCDay()];
    return weekdays.map((weekday) => toDay(monday + ((weekday + 6) % 7) * DAY_MS)).sort();
  }
  const months = rule.every === "month" ? distance : distance * 12;
  const moved = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate()));
  return moved.getUTCDate() === start.getUTCDate() ? [toDay(moved.getTime())] : [];
}

function toDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
