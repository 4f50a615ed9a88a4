import type { Host } from "./host.ts";
import { tidyText } from "./tidy-text.ts";
import type { TidyOptions, TidyResult } from "./tidy-text.ts";

export function init(host: Host): void {
  host.bus.register(host.plugin.id, ["text_processing"]);
  host.bus.subscribe("text-tidy.tidy", (data) => {
    const { text, options } = readRequest(data);
    const result: TidyResult = tidyText(text, options);
    host.log("info", `tidied ${text.length} characters, ${result.changed ? "changed" : "already tidy"}`);
    return result;
  });
}

function readRequest(data: unknown): { text: string; options: TidyOptions } {
  if (typeof data !== "object" || data === null || !("text" in data) || typeof data.text !== "string") {
    throw new TypeError("tidy needs { text: string, options?: { whitespace, headings, quotes } }");
  }
  const given = "options" in data && typeof data.options === "object" && data.options !== null ? data.options : {};
  const isOn = (name: keyof TidyOptions): boolean => (given as Record<string, unknown>)[name] !== false;
  return { text: data.text, options: { whitespace: isOn("whitespace"), headings: isOn("headings"), quotes: isOn("quotes") } };
}
