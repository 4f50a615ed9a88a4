import type { Host, HostEvent } from "./host.ts";
import { nextOccurrences } from "./next-occurrences.ts";
import type { Occurrence } from "./next-occurrences.ts";
import { parseIcs } from "./parse-ics.ts";
import type { CalendarEvent } from "./parse-ics.ts";

const EVENTS_KEY = "events";
const MENU_LENGTH = 10;

export function init(host: Host): void {
  host.bus.register(host.plugin.id, ["automation"]);
  host.bus.subscribe("calendar.import", () => importFiles(host));
  host.bus.subscribe("calendar.next", (data) => next(host, readLimit(data), readFrom(data)));
}

export async function onEvent(host: Host, event: HostEvent): Promise<Occurrence[] | null> {
  return event.name === "menu.opened" ? next(host, MENU_LENGTH, new Date()) : null;
}

interface ImportResult {
  files: number;
  events: number;
  unreadable: { path: string; reason: string }[];
}

/** Reads every picked `.ics` file anew; a file that cannot be read does not keep the others out. */
async function importFiles(host: Host): Promise<ImportResult> {
  const paths = (await host.files.list()).filter((path) => path.toLowerCase().endsWith(".ics"));
  const events: CalendarEvent[] = [];
  const unreadable: ImportResult["unreadable"] = [];
  for (const path of paths) {
    try {
      events.push(...parseIcs(await host.files.readText(path)));
    } catch (error) {
      unreadable.push({ path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  await host.storage.put(EVENTS_KEY, events);
  return { files: paths.length, events: events.length, unreadable };
}

async function next(host: Host, limit: number, from: Date): Promise<Occurrence[]> {
  const stored = await host.storage.get(EVENTS_KEY);
  return nextOccurrences(Array.isArray(stored) ? (stored as CalendarEvent[]) : [], from, limit);
}

function readLimit(data: unknown): number {
  const limit = typeof data === "object" && data !== null && "limit" in data ? data.limit : MENU_LENGTH;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 500) throw new RangeError("limit must be a whole number from 1 to 500");
  return limit;
}

function readFrom(data: unknown): Date {
  if (typeof data !== "object" || data === null || !("from" in data)) return new Date();
  const from = new Date(String(data.from));
  if (Number.isNaN(from.getTime())) throw new RangeError("from must be an ISO time");
  return from;
}
