import { readRule } from "./read-rule.ts";
import type { Rule } from "./read-rule.ts";
import { readMoment } from "./zoned-moment.ts";
import type { LocalMoment } from "./zoned-moment.ts";

/** One VEVENT. `start` keeps the clock of its own zone, so that a repeat stays at 09:00 across summer time. */
export interface CalendarEvent {
  uid: string;
  title: string;
  place: string | null;
  start: LocalMoment;
  /** Length in milliseconds; a whole day when the file names only a date. */
  durationMs: number;
  rule: Rule | null;
  /** Starts (ISO, UTC) that the rule gives but that do not take place. */
  except: string[];
}

interface Property {
  name: string;
  parameters: Map<string, string>;
  value: string;
}

const DAY_MS = 86_400_000;

/**
 * Reads the events of an iCalendar file (RFC 5545). Cancelled events and events without a start are left out;
 * other components (tasks, journals, alarms) are skipped. Throws `SyntaxError` when the text is no calendar.
 */
export function parseIcs(text: string): CalendarEvent[] {
  const lines = unfold(text);
  if (lines[0]?.toUpperCase() !== "BEGIN:VCALENDAR") throw new SyntaxError("the file does not begin with BEGIN:VCALENDAR");
  const events: CalendarEvent[] = [];
  const open: string[] = [];
  let properties: Property[] = [];
  for (const line of lines) {
    const property = readProperty(line);
    if (property.name === "BEGIN") {
      open.push(property.value.toUpperCase());
      if (open.at(-1) === "VEVENT") properties = [];
    } else if (property.name === "END") {
      if (open.pop() === "VEVENT") events.push(...toEvent(properties));
    } else if (open.at(-1) === "VEVENT") properties.push(property);
  }
  return events;
}

/** RFC 5545, section 3.1: a line that begins with a space or a tab continues the one before. */
function unfold(text: string): string[] {
  return text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/).filter((line) => line !== "");
}

function readProperty(line: string): Property {
  const match = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/.exec(line);
  if (match === null) return { name: "", parameters: new Map(), value: "" };
  const [, name = "", parameters = "", value = ""] = match;
  const pairs = [...parameters.matchAll(/;([^=]+)=("[^"]*"|[^;]*)/g)].map((pair) => [(pair[1] ?? "").toUpperCase(), (pair[2] ?? "").replace(/^"|"$/g, "")] as const);
  return { name: name.toUpperCase(), parameters: new Map(pairs), value };
}

function toEvent(properties: Property[]): CalendarEvent[] {
  const find = (name: string): Property | undefined => properties.find((property) => property.name === name);
  const startsAt = find("DTSTART");
  if (startsAt === undefined || find("STATUS")?.value.toUpperCase() === "CANCELLED") return [];
  const start = readMoment(startsAt.value, startsAt.parameters.get("TZID") ?? null);
  const rule = find("RRULE");
  return [
    {
      uid: find("UID")?.value ?? "",
      title: unescapeText(find("SUMMARY")?.value ?? "") || "Untitled",
      place: unescapeText(find("LOCATION")?.value ?? "") || null,
      start,
      durationMs: readDuration(start, find("DTEND"), find("DURATION")),
      rule: rule === undefined ? null : readRule(rule.value),
      except: properties
        .filter((property) => property.name === "EXDATE")
        .flatMap((property) => property.value.split(",").map((value) => readMoment(value, property.parameters.get("TZID") ?? null).utc)),
    },
  ];
}

function readDuration(start: LocalMoment, end: Property | undefined, duration: Property | undefined): number {
  if (end !== undefined) return Math.max(0, Date.parse(readMoment(end.value, end.parameters.get("TZID") ?? null).utc) - Date.parse(start.utc));
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration?.value ?? "");
  if (match === null) return start.allDay ? DAY_MS : 0;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (weeks * 7 + days) * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function unescapeText(text: string): string {
  return text.replace(/\\([nN,;\\])/g, (_, mark: string) => (mark.toLowerCase() === "n" ? "\n" : mark)).trim();
}
