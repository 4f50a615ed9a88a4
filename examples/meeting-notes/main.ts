import { formatMinutes } from "./format-minutes.ts";
import type { Host } from "./host.ts";
import { writeMinutes } from "./write-minutes.ts";

export function init(host: Host): void {
  host.bus.register(host.plugin.id, ["text_analysis"]);
  host.bus.subscribe("meeting-notes.summarise", (data) => summarise(host, readRequest(data)));
  host.bus.subscribe("meeting-notes.list", () => host.storage.list("minutes/"));
  host.bus.subscribe("meeting-notes.read", (data) => host.storage.get(readKey(data)));
}

interface SummariseRequest {
  transcript: string;
  heldOn: string;
}

async function summarise(host: Host, request: SummariseRequest): Promise<{ key: string; markdown: string }> {
  const minutes = await writeMinutes(host.bus, request.transcript);
  const markdown = formatMinutes(minutes, request.heldOn);
  const key = await freeKey(host, `minutes/${request.heldOn}`);
  await host.storage.put(key, { heldOn: request.heldOn, minutes, markdown });
  return { key, markdown };
}

async function freeKey(host: Host, wanted: string): Promise<string> {
  const taken = new Set(await host.storage.list(wanted));
  for (let number = 1; ; number += 1) {
    const key = `${wanted}-${String(number).padStart(3, "0")}`;
    if (!taken.has(key)) return key;
  }
}

function readRequest(data: unknown): SummariseRequest {
  if (typeof data !== "object" || data === null || !("transcript" in data) || typeof data.transcript !== "string") {
    throw new TypeError("summarise needs { transcript: string, heldOn?: YYYY-MM-DD }");
  }
  const heldOn = "heldOn" in data ? data.heldOn : new Date().toISOString().slice(0, 10);
  if (typeof heldOn !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(heldOn)) throw new TypeError("heldOn must be a date, YYYY-MM-DD");
  return { transcript: data.transcript, heldOn };
}

function readKey(data: unknown): string {
  if (typeof data === "object" && data !== null && "key" in data && typeof data.key === "string" && data.key.startsWith("minutes/")) return data.key;
  throw new TypeError("read needs { key: string } as `list` gave it");
}
