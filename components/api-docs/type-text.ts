import type { ApiSchema } from "#components/api-docs/api-document.ts";

/** Name of the shared shape that a reference points at, or null. */
export function shapeName(schema: ApiSchema): string | null {
  return /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? "")?.[1] ?? null;
}

/** The shared shape that a schema is, is a list of, or may be; null when there is none. */
export function shapeWithin(schema: ApiSchema): string | null {
  return shapeName(schema) ?? (schema.items ? shapeWithin(schema.items) : null) ?? schema.anyOf?.map(shapeWithin).find((name) => name !== null) ?? null;
}

/** A schema's type in one line, such as `string or null`, `Listing[]` or `"B" | "H"`. */
export function typeText(schema: ApiSchema): string {
  const name = shapeName(schema);
  if (name !== null) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map(typeText).join(" or ");
  if (schema.items) return `${/ /.test(typeText(schema.items)) ? `(${typeText(schema.items)})` : typeText(schema.items)}[]`;
  if (schema.contentMediaType) return "file";
  if (typeof schema.additionalProperties === "object" && schema.properties === undefined) return `map of ${typeText(schema.additionalProperties)}`;
  return schema.type === undefined ? "anything" : [schema.type].flat().join(" or ");
}

/** What bounds a value besides its type, in words; empty when nothing does. */
export function boundsText(schema: ApiSchema): string {
  const bounds = [
    schema.format === undefined ? null : schema.format,
    schema.minLength === undefined || schema.minLength < 2 ? null : `at least ${schema.minLength} characters`,
    schema.maxLength === undefined ? null : `at most ${schema.maxLength} characters`,
    ...rangeText(schema),
    schema.default === undefined || schema.default === "" ? null : `default ${JSON.stringify(schema.default)}`,
  ];
  return bounds.filter((bound) => bound !== null).join(", ");
}

/** zod bounds every integer by what a double can hold: that says nothing. */
function rangeText({ minimum, maximum }: ApiSchema): (string | null)[] {
  return [
    minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? null : `from ${minimum}`,
    maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? null : `up to ${maximum}`,
  ];
}
