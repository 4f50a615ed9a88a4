export interface Settings {
  order: "newest" | "oldest" | "title";
  keepReadDays: number;
  showRead: boolean;
  defaultTag: string;
}

/** The defaults of `config.schema.json`; a test keeps the two equal. */
export const DEFAULT_SETTINGS: Settings = { order: "newest", keepReadDays: 30, showRead: false, defaultTag: "" };

/** Takes what the settings form holds; a value that is missing or does not fit falls back to its default. */
export function readSettings(values: Record<string, unknown>): Settings {
  const { order, keepReadDays, showRead, defaultTag } = values;
  const fits = typeof keepReadDays === "number" && Number.isInteger(keepReadDays) && keepReadDays >= 0 && keepReadDays <= 3650;
  return {
    order: order === "newest" || order === "oldest" || order === "title" ? order : DEFAULT_SETTINGS.order,
    keepReadDays: fits ? keepReadDays : DEFAULT_SETTINGS.keepReadDays,
    showRead: typeof showRead === "boolean" ? showRead : DEFAULT_SETTINGS.showRead,
    defaultTag: typeof defaultTag === "string" && defaultTag.length <= 40 ? defaultTag.trim() : DEFAULT_SETTINGS.defaultTag,
  };
}
