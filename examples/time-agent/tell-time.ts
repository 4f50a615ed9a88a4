/** A moment as a clock on the wall of a zone shows it. */
export interface ZonedTime {
  zone: string;
  /** `YYYY-MM-DDTHH:MM:SS+HH:MM` */
  iso: string;
  weekday: string;
  /** Minutes east of UTC at that moment, summer time included. */
  offsetMinutes: number;
}

/** Tells what a moment is in an IANA time zone (`Europe/Berlin`). Throws `RangeError` for a zone that does not exist. */
export function tellTime(moment: Date, zone: string): ZonedTime {
  const offsetMinutes = offsetAt(moment, zone);
  const local = new Date(moment.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const weekday = new Intl.DateTimeFormat("en", { timeZone: zone, weekday: "long" }).format(moment);
  return { zone, iso: local + formatOffset(offsetMinutes), weekday, offsetMinutes };
}

/** Minutes that a zone's clock is ahead of UTC at a moment. */
export function offsetAt(moment: Date, zone: string): number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(moment).find((part) => part.type === "timeZoneName")?.value ?? "";
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  if (match === null) throw new RangeError(`the offset of "${zone}" reads "${name}"`);
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return match[1] === "-" ? -minutes : minutes;
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
