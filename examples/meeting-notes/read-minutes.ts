export interface ActionItem {
  task: string;
  owner: string | null;
  due: string | null;
}

export interface Minutes {
  title: string;
  summary: string;
  decisions: string[];
  actions: ActionItem[];
}

/**
 * Reads the minutes out of a model's answer: one JSON object, alone or in a code fence, with text around it or not.
 * Throws `SyntaxError` when the answer holds no such object; parts that are missing or of another type come back empty.
 */
export function readMinutes(answer: string): Minutes {
  const start = answer.indexOf("{");
  const end = answer.lastIndexOf("}");
  if (start < 0 || end < start) throw new SyntaxError("the model's answer holds no JSON object");
  const raw = JSON.parse(answer.slice(start, end + 1)) as Record<string, unknown>;
  return {
    title: readText(raw["title"]) ?? "Meeting",
    summary: readText(raw["summary"]) ?? "",
    decisions: readList(raw["decisions"]).flatMap((entry) => readText(entry) ?? []),
    actions: readList(raw["actions"]).flatMap((entry) => readAction(entry) ?? []),
  };
}

function readAction(entry: unknown): ActionItem | null {
  if (typeof entry !== "object" || entry === null) return null;
  const fields = entry as Record<string, unknown>;
  const task = readText(fields["task"]);
  return task === null ? null : { task, owner: readText(fields["owner"]), due: readText(fields["due"]) };
}

function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function readText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
