import type { z } from "zod";

interface Parsed<T> {
  /** Present when nothing but unknown fields stood in the way. */
  value: T | null;
  issues: z.core.$ZodIssue[];
}

/**
 * Parses and keeps going past unknown fields: those that begin with `x-` are
 * dropped silently, the others reported and dropped, so that the rest of the
 * object is judged all the same.
 */
export function parseWithSchema<T>(schema: z.ZodType<T>, input: unknown): Parsed<T> {
  const first = schema.safeParse(input);
  if (first.success) return { value: first.data, issues: [] };
  const unknownFields = unwrapUnions(first.error.issues).filter((issue) => issue.code === "unrecognized_keys");
  if (unknownFields.length === 0) return { value: null, issues: unwrapUnions(first.error.issues) };

  const second = schema.safeParse(withoutFields(input, unknownFields));
  const reported = unknownFields.flatMap(withoutExtensions);
  if (second.success) return { value: second.data, issues: reported };
  const rest = unwrapUnions(second.error.issues).filter((issue) => issue.code !== "unrecognized_keys");
  return { value: null, issues: [...reported, ...rest] };
}

/** Replaces "none of the alternatives" by what is wrong with the alternative that was meant. */
function unwrapUnions(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
    const meant = issue.errors.find((branch) => !branch.some((inner) => inner.code === "invalid_type" && inner.path.length === 0));
    if (meant === undefined) return [issue];
    return unwrapUnions(meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

function withoutExtensions(issue: z.core.$ZodIssueUnrecognizedKeys): z.core.$ZodIssueUnrecognizedKeys[] {
  const keys = issue.keys.filter((key) => !key.startsWith("x-"));
  return keys.length === 0 ? [] : [{ ...issue, keys }];
}

function withoutFields(input: unknown, issues: readonly z.core.$ZodIssueUnrecognizedKeys[]): unknown {
  const copy = clonePlain(input);
  for (const issue of issues) {
    const holder = valueAt(copy, issue.path);
    if (typeof holder !== "object" || holder === null) continue;
    for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
  return copy;
}

function clonePlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clonePlain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clonePlain(inner)]));
}

/** The value at a path of own properties, undefined when it leads nowhere. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let current = root;
  for (const segment of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, segment)) return undefined;
    current = Reflect.get(current, segment);
  }
  return current;
}
