import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addToDate, daysBetween } from "../../../examples/time-agent/date-arithmetic.ts";
import * as plugin from "../../../examples/time-agent/main.ts";
import { tellTime } from "../../../examples/time-agent/tell-time.ts";
import { createMemoryHost } from "./memory-host.ts";

describe("tellTime", () => {
  it.each([
    ["2026-07-01T12:00:00Z", "Europe/Berlin", "2026-07-01T14:00:00+02:00", "Wednesday"],
    ["2026-01-01T12:00:00Z", "Europe/Berlin", "2026-01-01T13:00:00+01:00", "Thursday"],
    ["2026-01-01T20:00:00Z", "Asia/Kolkata", "2026-01-02T01:30:00+05:30", "Friday"],
    ["2026-01-01T02:00:00Z", "America/Lima", "2025-12-31T21:00:00-05:00", "Wednesday"],
    ["2026-01-01T00:00:00Z", "UTC", "2026-01-01T00:00:00+00:00", "Thursday"],
  ])("%s in %s", (moment, zone, iso, weekday) => {
    expect(tellTime(new Date(moment), zone)).toMatchObject({ iso, weekday });
  });

  it("refuses a zone that does not exist", () => {
    expect(() => tellTime(new Date(), "Mars/Olympus")).toThrow(RangeError);
  });
});

describe("date arithmetic", () => {
  it.each([
    ["2026-01-31", { months: 1 }, "2026-02-28"],
    ["2028-02-29", { years: 1 }, "2029-02-28"],
    ["2026-03-01", { days: -1 }, "2026-02-28"],
    ["2026-01-15", { months: -13 }, "2024-12-15"],
    ["2026-12-30", { weeks: 1 }, "2027-01-06"],
  ])("%s plus %j", (date, span, wanted) => {
    expect(addToDate(date, span)).toBe(wanted);
  });

  it("counts days across summer time", () => {
    expect(daysBetween("2026-03-01", "2026-04-01")).toBe(31);
    expect(daysBetween("2026-04-01", "2026-03-01")).toBe(-31);
  });

  it.each(["2026-02-30", "2026-2-3", "tomorrow"])("refuses %s", (date) => {
    expect(() => addToDate(date, {})).toThrow(RangeError);
  });
});

describe("the plugin", () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-03-02T10:00:00Z") }));
  afterEach(() => void vi.useRealTimers());

  it("notifies when a timer ends, and not when it was stopped", async () => {
    const { host, call, notified } = createMemoryHost("time-agent");
    await plugin.init(host);
    await call("start-timer", { seconds: 60, label: "Tea" });
    const stopped = (await call("start-timer", { seconds: 30, label: "Eggs" })) as { id: number };
    expect(await call("list-timers", {})).toMatchObject([{ label: "Eggs", endsAt: "2026-03-02T10:00:30.000Z" }, { label: "Tea" }]);
    expect(await call("stop-timer", { id: stopped.id })).toEqual({ stopped: true });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(notified).toEqual(["Timer: Tea"]);
    expect(await call("list-timers", {})).toEqual([]);
  });

  it("stops its timers when it is destroyed", async () => {
    const { host, call, notified, logged } = createMemoryHost("time-agent");
    await plugin.init(host);
    await call("start-timer", { seconds: 60, label: "Tea" });
    await plugin.onDestroy(host);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(notified).toEqual([]);
    expect(logged).toEqual(["warn: timers that end with the plugin and will not notify: 1"]);
  });

  it("answers the time and refuses moments without an offset", async () => {
    const { host, call } = createMemoryHost("time-agent");
    await plugin.init(host);
    expect(await call("now", { zone: "Asia/Tokyo" })).toMatchObject({ iso: "2026-03-02T19:00:00+09:00" });
    await expect(call("convert", { moment: "2026-03-02T10:00:00", zone: "UTC" })).rejects.toThrow(RangeError);
    await expect(call("start-timer", { seconds: 100_000, label: "x" })).rejects.toThrow(RangeError);
  });
});
