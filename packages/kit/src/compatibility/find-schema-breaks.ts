import { toPointer } from "../json-pointer.ts";
import type { BreakingChange } from "./find-breaking-changes.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Settings nest little; deeper than this is not compared. */
const MOST_LEVELS = 32;

/**
 * What a later JSON Schema of settings refuses or forgets of what was valid before: properties that are gone, of another
 * type, or required now. Pointers lead into the two schema files.
 */
export function findSchemaBreaks(before: unknown, after: unknown): BreakingChange[] {
  return compare(before, after, [], MOST_LEVELS);
}

function compare(before: unknown, after: unknown, way: string[], levels: number): BreakingChange[] {
  if (!isSchema(before) || !isSchema(after) || levels === 0) return [];
  const name = way.filter((_, at) => at % 2 === 1).join(".");
  const here = toPointer(way);
  const breaks: BreakingChange[] = [];
  if (name !== "" && !takes(after["type"], before["type"])) breaks.push({ what: `the setting \`${name}\` is ${shown(after["type"])} instead of ${shown(before["type"])}`, before: here, after: here });
  const [old, now] = [propertiesOf(before), propertiesOf(after)];
  const full = (key: string): string => (name === "" ? key : `${name}.${key}`);
  for (const [key, schema] of Object.entries(old)) {
    const next = [...way, "properties", key];
    if (Object.hasOwn(now, key)) breaks.push(...compare(schema, now[key], next, levels - 1));
    else breaks.push({ what: `the setting \`${full(key)}\` is gone`, before: toPointer(next), after: null });
  }
  const was = new Set(requiredOf(before));
  for (const key of requiredOf(after)) if (!was.has(key)) breaks.push({ what: `the setting \`${full(key)}\` is required now`, before: Object.hasOwn(old, key) ? toPointer([...way, "properties", key]) : null, after: toPointer([...way, "required"]) });
  return breaks;
}

/** Whether every type that was allowed still is; a number takes integers. */
function takes(after: unknown, before: unknown): boolean {
  if (after === undefined) return true;
  if (before === undefined) return false;
  const allowed = new Set([after].flat());
  return [before].flat().every((type) => allowed.has(type) || (type === "integer" && allowed.has("number")));
}

const shown = (type: unknown): string => (type === undefined ? "of any type" : [type].flat().join(" or "));

function propertiesOf(schema: Schema): Schema {
  return isSchema(schema["properties"]) ? schema["properties"] : {};
}

function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema["required"]) ? schema["required"].filter((key): key is string => typeof key === "string") : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
