import { z } from "zod";

/**
 * The names of the fields that a schema has at a path of the data, for
 * "did you mean"; empty where anything goes. Alternatives that are told apart by
 * a field (as `auth.type` does) are chosen by what the data says.
 */
export function knownFields(schema: z.core.$ZodType, path: readonly PropertyKey[], data: unknown): string[] {
  return fieldsBelow(schema, path, data);
}

function fieldsBelow(schema: z.core.$ZodType, path: readonly PropertyKey[], data: unknown): string[] {
  if (schema instanceof z.ZodOptional) return fieldsBelow(schema.def.innerType, path, data);
  if (schema instanceof z.ZodUnion) return alternatives(schema, data).flatMap((option) => fieldsBelow(option, path, data));
  const [segment, ...rest] = path;
  if (segment === undefined) return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const child = childSchema(schema, segment);
  return child === null ? [] : fieldsBelow(child, rest, memberOf(data, segment));
}

function childSchema(schema: z.core.$ZodType, segment: PropertyKey): z.core.$ZodType | null {
  if (schema instanceof z.ZodArray) return schema.def.element;
  if (schema instanceof z.ZodRecord) return schema.def.valueType;
  if (schema instanceof z.ZodObject) return schema.shape[String(segment)] ?? null;
  return null;
}

function alternatives(union: z.ZodUnion, data: unknown): readonly z.core.$ZodType[] {
  if (!(union instanceof z.ZodDiscriminatedUnion)) return union.options;
  const discriminator = union.def.discriminator;
  const said = memberOf(data, discriminator);
  const chosen = union.options.filter((option) => option instanceof z.ZodObject && accepts(option.shape[discriminator], said));
  return chosen.length > 0 ? chosen : union.options;
}

function accepts(schema: unknown, value: unknown): boolean {
  return schema instanceof z.ZodLiteral && schema.safeParse(value).success;
}

function memberOf(data: unknown, segment: PropertyKey): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, segment) ? Reflect.get(data, segment) : undefined;
}
