import { addToDate, daysBetween } from "./date-arithmetic.ts";
import type { Host } from "./host.ts";
import { tellTime } from "./tell-time.ts";
import { Timers } from "./timers.ts";
import type { RunningTimer } from "./timers.ts";

const timers = new Timers();

export function init(host: Host): void {
  host.bus.register(host.plugin.id, ["automation"]);
  host.bus.subscribe("time-agent.now", (data) => tellTime(new Date(), readText(data, "zone")));
  host.bus.subscribe("time-agent.convert", (data) => tellTime(readMoment(data), readText(data, "zone")));
  host.bus.subscribe("time-agent.add", (data) => ({
    date: addToDate(readText(data, "date"), {
      years: readNumber(data, "years"),
      months: readNumber(data, "months"),
      weeks: readNumber(data, "weeks"),
      days: readNumber(data, "days"),
    }),
  }));
  host.bus.subscribe("time-agent.days-between", (data) => ({ days: daysBetween(readText(data, "from"), readText(data, "to")) }));
  host.bus.subscribe("time-agent.start-timer", (data) =>
    timers.start(readNumber(data, "seconds") ?? 0, readText(data, "label"), (timer) => announce(host, timer)),
  );
  host.bus.subscribe("time-agent.stop-timer", (data) => ({ stopped: timers.stop(readNumber(data, "id") ?? 0) }));
  host.bus.subscribe("time-agent.list-timers", () => timers.list());
}

export function onDestroy(host: Host): void {
  const open = timers.list().length;
  if (open > 0) host.log("warn", `timers that end with the plugin and will not notify: ${open}`);
  timers.stopAll();
}

function announce(host: Host, timer: RunningTimer): void {
  host.log("info", `timer ${timer.id} ended`);
  host.notifications.show("Timer", timer.label).catch((error: unknown) => host.log("error", `could not notify: ${String(error)}`));
}

function readField(data: unknown, name: string): unknown {
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>)[name] : undefined;
}

function readText(data: unknown, name: string): string {
  const value = readField(data, name);
  if (typeof value !== "string" || value === "") throw new TypeError(`needs { ${name}: string }`);
  return value;
}

function readNumber(data: unknown, name: string): number | undefined {
  const value = readField(data, name);
  if (value !== undefined && typeof value !== "number") throw new TypeError(`${name} must be a number`);
  return value;
}

function readMoment(data: unknown): Date {
  const text = readText(data, "moment");
  const moment = new Date(text);
  // without an offset the answer would depend on where the host stands
  if (Number.isNaN(moment.getTime()) || !/(Z|[+-]\d{2}:\d{2})$/.test(text)) throw new RangeError("moment must be an ISO time with Z or an offset");
  return moment;
}
