import { describe, expect, it } from "vitest";
import * as plugin from "../../../examples/calendar/main.ts";
import { nextOccurrences } from "../../../examples/calendar/next-occurrences.ts";
import { parseIcs } from "../../../examples/calendar/parse-ics.ts";
import { toUtc } from "../../../examples/calendar/zoned-moment.ts";
import { createMemoryHost } from "./memory-host.ts";

function calendar(...events: string[][]): string {
  const lines = events.flatMap((event) => ["BEGIN:VEVENT", ...event, "END:VEVENT"]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

function starts(event: string[], from: string, limit = 10): string[] {
  return nextOccurrences(parseIcs(calendar(event)), new Date(from), limit).map((occurrence) => occurrence.startsAt);
}

describe("parseIcs", () => {
  it("reads folded lines, escapes, zones and lengths", () => {
    const [event] = parseIcs(
      calendar(["UID:1", "SUMMARY:Planning\\, part", "  two", "LOCATION:Room 1\\; left", "DTSTART;TZID=Europe/Berlin:20260302T090000", "DURATION:PT1H30M"]),
    );
    expect(event).toMatchObject({ uid: "1", title: "Planning, part two", place: "Room 1; left", durationMs: 5_400_000, start: { utc: "2026-03-02T08:00:00.000Z", allDay: false } });
  });

  it("skips alarms, tasks and cancelled events", () => {
    const text = calendar(["UID:1", "DTSTART:20260302", "SUMMARY:Day", "BEGIN:VALARM", "SUMMARY:Alarm", "END:VALARM"], ["UID:2", "DTSTART:20260303", "STATUS:CANCELLED"]).replace(
      "END:VCALENDAR",
      "BEGIN:VTODO\r\nSUMMARY:Task\r\nEND:VTODO\r\nEND:VCALENDAR",
    );
    expect(parseIcs(text)).toMatchObject([{ title: "Day", durationMs: 86_400_000, start: { allDay: true } }]);
  });

  it.each(["", "hello", "BEGIN:VCARD\nEND:VCARD"])("refuses %j", (text) => {
    expect(() => parseIcs(text)).toThrow(SyntaxError);
  });
});

describe("toUtc", () => {
  it("takes a skipped reading with the offset before the change, a double one as the first", () => {
    expect(toUtc("2026-03-29T02:30:00", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(toUtc("2026-10-25T02:30:00", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  });
});

describe("nextOccurrences", () => {
  it("keeps the hour on the clock across summer time", () => {
    const event = ["DTSTART;TZID=Europe/Berlin:20260323T090000", "RRULE:FREQ=WEEKLY;COUNT=2"];
    expect(starts(event, "2026-01-01T00:00:00Z")).toEqual(["2026-03-23T08:00:00.000Z", "2026-03-30T07:00:00.000Z"]);
  });

  it("follows several weekdays, an interval and an end", () => {
    const event = ["DTSTART:20260304T100000Z", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260320"];
    expect(starts(event, "2026-01-01T00:00:00Z")).toEqual(["2026-03-04T10:00:00.000Z", "2026-03-16T10:00:00.000Z", "2026-03-18T10:00:00.000Z"]);
  });

  it("skips months without that day, and excepted starts", () => {
    const event = ["DTSTART:20260131T080000Z", "RRULE:FREQ=MONTHLY;COUNT=3", "EXDATE:20260331T080000Z"];
    expect(starts(event, "2026-01-01T00:00:00Z")).toEqual(["2026-01-31T08:00:00.000Z", "2026-05-31T08:00:00.000Z"]);
  });

  it("finds the next one of an old daily event", () => {
    expect(starts(["DTSTART;TZID=America/Lima:19990101T070000", "RRULE:FREQ=DAILY"], "2026-03-02T12:30:00Z", 1)).toEqual(["2026-03-03T12:00:00.000Z"]);
  });

  it("shows what is still going on, once, when it cannot follow the rule", () => {
    const event = ["DTSTART:20260302T100000Z", "DTEND:20260302T120000Z", "RRULE:FREQ=MONTHLY;BYDAY=2MO"];
    expect(starts(event, "2026-03-02T11:00:00Z")).toEqual(["2026-03-02T10:00:00.000Z"]);
    expect(starts(event, "2026-03-02T12:00:00Z")).toEqual([]);
  });
});

describe("the plugin", () => {
  it("imports the picked files and tells what comes next", async () => {
    const { host, call } = createMemoryHost("calendar", {
      files: { "work.ics": calendar(["SUMMARY:Late", "DTSTART:20260305T100000Z"], ["SUMMARY:Early", "DTSTART:20260303"]), "bad.ics": "no calendar", "note.txt": "x" },
    });
    await plugin.init(host);
    expect(await call("import", {})).toEqual({ files: 2, events: 2, unreadable: [{ path: "bad.ics", reason: "the file does not begin with BEGIN:VCALENDAR" }] });
    expect(await call("next", { from: "2026-03-02T00:00:00Z", limit: 5 })).toMatchObject([{ title: "Early", allDay: true }, { title: "Late" }]);
    await expect(call("next", { limit: 0 })).rejects.toThrow(RangeError);
  });
});
