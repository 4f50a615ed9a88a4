import { readMoment } from "./zoned-moment.ts";

/** The part of RFC 5545's repetition rules that this plugin follows. */
export interface Rule {
  every: "day" | "week" | "month" | "year";
  interval: number;
  /** Number of occurrences, or null. */
  count: number | null;
  /** Last moment that may still occur (ISO, UTC), or null. */
  until: string | null;
  /** 0 is Sunday; only for weekly rules, empty means the weekday of the start. */
  weekdays: number[];
}

const UNITS: Readonly<Record<string, Rule["every"]>> = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" };
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const KNOWN_PARTS = new Set(["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"]);

/**
 * Reads an RRULE value. Answers null for a rule that it cannot follow (hourly rules, `BYSETPOS`, `2MO`, week starts
 * other than Monday): the event then stands once, which is better than on wrong days.
 */
export function readRule(value: string): Rule | null {
  const parts = new Map(value.split(";").map((part) => [part.split("=")[0]?.toUpperCase() ?? "", part.split("=")[1]?.toUpperCase() ?? ""]));
  const every = UNITS[parts.get("FREQ") ?? ""];
  const isKnown = [...parts.keys()].every((name) => KNOWN_PARTS.has(name)) && (parts.get("WKST") ?? "MO") === "MO";
  const weekdays = (parts.get("BYDAY") ?? "").split(",").filter((day) => day !== "").map((day) => WEEKDAYS.indexOf(day));
  if (every === undefined || !isKnown || weekdays.includes(-1) || (weekdays.length > 0 && every !== "week")) return null;
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const count = parts.has("COUNT") ? Number(parts.get("COUNT")) : null;
  if (!Number.isInteger(interval) || interval < 1 || (count !== null && !(Number.isInteger(count) && count > 0))) return null;
  const until = parts.get("UNTIL");
  return { every, interval, count, until: until === undefined ? null : readUntil(until), weekdays: weekdays.sort((a, b) => a - b) };
}

/** A bare date as the end takes in that whole day. */
function readUntil(value: string): string {
  const moment = readMoment(value, null);
  return moment.allDay ? `${moment.local.slice(0, 10)}T23:59:59.999Z` : moment.utc;
}
