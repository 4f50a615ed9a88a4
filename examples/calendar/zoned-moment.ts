/** A moment as an event states it: the clock reading, its zone, and what that is in UTC. */
export interface LocalMoment {
  /** `YYYY-MM-DDTHH:MM:SS` on the clock of the zone. */
  local: string;
  /** IANA zone; times without one (floating) and zones that are not known are read as UTC. */
  zone: string;
  utc: string;
  allDay: boolean;
}

/** Reads `20260301`, `20260301T090000` or `20260301T090000Z`. Throws `SyntaxError` for anything else. */
export function readMoment(value: string, zone: string | null): LocalMoment {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value.trim());
  if (match === null) throw new SyntaxError(`"${value}" is not a date or time of a calendar`);
  const [, year, month, day, hour = "00", minute = "00", second = "00", utc] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (Number.isNaN(Date.parse(`${local}Z`))) throw new SyntaxError(`"${value}" is not a date that exists`);
  const usedZone = utc === "Z" || zone === null || !isKnownZone(zone) ? "UTC" : zone;
  return { local, zone: usedZone, utc: toUtc(local, usedZone), allDay: match[4] === undefined };
}

/**
 * The UTC moment (ISO) at which a zone's clock shows `local`. A reading that the change to summer time skips
 * is taken with the offset before the change; one that occurs twice is the first of the two (RFC 5545, 3.3.5).
 */
export function toUtc(local: string, zone: string): string {
  const wanted = Date.parse(`${local}Z`);
  // Offsets a day apart bracket any single clock change, and no zone is more than 14 hours from UTC.
  const before = offsetMs(wanted - 86_400_000, zone);
  const after = offsetMs(wanted + 86_400_000, zone);
  const fitting = [wanted - before, wanted - after].filter((moment) => moment + offsetMs(moment, zone) === wanted);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wanted - before).toISOString();
}

/** Making a formatter costs more than using it, and a calendar names few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(zone, format);
  return format;
}

function offsetMs(moment: number, zone: string): number {
  const parts = formatFor(zone).formatToParts(new Date(moment));
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return shown - Math.floor(moment / 1000) * 1000;
}

function isKnownZone(zone: string): boolean {
  try {
    return formatFor(zone).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
