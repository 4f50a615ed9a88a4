import type { z } from "zod";
import { toPointer } from "../json-pointer.ts";
import type { ProblemCode } from "../problem-codes.ts";
import { makeProblem } from "../problem.ts";
import type { Problem, ProblemInput } from "../problem.ts";
import { suggestNearest } from "../suggest-nearest.ts";
import { CAPABILITY_IDS } from "../taxonomy/taxonomy.ts";
import type { StrictYaml } from "../yaml/read-strict-yaml.ts";
import type { RuleParams } from "./field-schemas.ts";
import { knownFields } from "./known-fields.ts";
import { valueAt } from "./parse-with-schema.ts";

interface IssueContext {
  yaml: StrictYaml;
  schema: z.core.$ZodType;
  file: string;
}

type Said = Pick<ProblemInput, "code" | "detail" | "suggestion" | "severity">;

/** Fields whose values are versions or ranges: a number there has already lost its last zero. */
const VERSION_FIELDS: ReadonlySet<PropertyKey> = new Set(["version", "kos"]);

/** Turns what the schema found into problems with codes, places and advice. */
export function mapIssues(issues: readonly z.core.$ZodIssue[], context: IssueContext): Problem[] {
  return issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? mapUnknownFields(issue, context) : [mapIssue(issue, context)]));
}

function mapUnknownFields(issue: z.core.$ZodIssueUnrecognizedKeys, context: IssueContext): Problem[] {
  const known = knownFields(context.schema, issue.path, context.yaml.value);
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    if (issue.path.at(-1) === "parameters") return place(path, unknownWord(key, issue.path, CAPABILITY_IDS), context, "key");
    const nearest = suggestNearest(key, known);
    const said: Said = {
      code: "manifest.unknown-field",
      detail: `The format has no field \`${shorten(key)}\` here.`,
      suggestion: nearest === null ? "Remove it, or begin its name with `x-`." : `Did you mean \`${nearest}\`?`,
    };
    return place(path, said, context, "key");
  });
}

function mapIssue(issue: z.core.$ZodIssue, context: IssueContext): Problem {
  const value = valueAt(context.yaml.value, issue.path);
  const part = issue.code === "invalid_key" ? "key" : "value";
  return place(issue.path, describeIssue(issue, value, context), context, part);
}

function place(path: readonly PropertyKey[], said: Said, context: IssueContext, part: "key" | "value"): Problem {
  const pointer = toPointer(path);
  return makeProblem({ ...said, check: "manifest", file: context.file, pointer, ...(context.yaml.locate(pointer, part) ?? { line: 1, column: 1 }) });
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown, context: IssueContext): Said {
  const field = fieldName(issue.path);
  if (issue.code === "custom") return describeRule(issue);
  if (value === undefined) return { code: "manifest.missing-field", detail: `The field \`${field}\` is required.` };
  if (value === null) return { code: "manifest.missing-field", detail: `The field \`${field}\` is empty.` };
  switch (issue.code) {
    case "invalid_type":
      return describeType(issue.path, issue.expected, value, context);
    case "invalid_value":
      return describeValue(issue.path, value, issue.values.map(String));
    case "invalid_union":
      return describeUnion(issue, value, context);
    case "invalid_key":
      return unknownKey(issue);
    case "too_big":
    case "too_small":
      return describeSize(issue, field);
    default:
      return { code: "manifest.invalid-format", detail: `The value of \`${field}\` does not have the required form.` };
  }
}

function describeRule(issue: z.core.$ZodIssueCustom): Said {
  const { problem } = issue.params as RuleParams;
  return { ...problem, detail: issue.message };
}

function describeType(path: readonly PropertyKey[], expected: string, value: unknown, context: IssueContext): Said {
  const field = fieldName(path);
  const source = context.yaml.sourceOf(toPointer(path));
  const isUnquoted = expected === "string" && (typeof value === "number" || typeof value === "boolean");
  if (isUnquoted && source !== null && isVersionField(path)) {
    return {
      code: "version.not-quoted",
      detail: `Without quotes, YAML reads \`${source}\` as the ${typeof value} ${String(value)}, not as a version.`,
      suggestion: `Quote it: ${field}: "${source}"`,
    };
  }
  const suggestion = isUnquoted && source !== null ? `Quote it: "${source}".` : null;
  return { code: "manifest.invalid-type", detail: `The field \`${field}\` must be ${withArticle(expected)}, not ${withArticle(kindOf(value))}.`, suggestion };
}

function isVersionField(path: readonly PropertyKey[]): boolean {
  return VERSION_FIELDS.has(path.at(-1) ?? "") || path.includes("dependencies");
}

function describeValue(path: readonly PropertyKey[], value: unknown, allowed: readonly string[]): Said {
  const written = String(value);
  const list = nearestContainer(path);
  if (typeof value === "string" && (list === "permissions" || list === "capabilities")) return unknownWord(written, path, allowed);
  const forbidden = path.at(-1) === "type" && value === "user_plugin";
  const code: ProblemCode = forbidden ? "manifest.forbidden-type" : "manifest.invalid-value";
  const choices = allowed.map((word) => `\`${word}\``).join(", ");
  return { code, detail: `\`${shorten(written)}\` is not allowed for \`${fieldName(path)}\`: use ${choices}.`, suggestion: didYouMean(written, allowed) };
}

function unknownWord(word: string, path: readonly PropertyKey[], allowed: readonly string[]): Said {
  const isPermission = nearestContainer(path) === "permissions";
  const code: ProblemCode = isPermission ? "permission.unknown" : "manifest.unknown-capability";
  const detail = `There is no ${isPermission ? "permission" : "capability"} \`${shorten(word)}\`.`;
  return { code, detail, suggestion: didYouMean(word, allowed) };
}

function unknownKey(issue: z.core.$ZodIssueInvalidKey): Said {
  const key = String(issue.path.at(-1));
  const inner = issue.issues[0];
  if (inner?.code === "custom") return describeRule(inner);
  const allowed = inner?.code === "invalid_value" ? inner.values.map(String) : [];
  if (issue.path.at(-2) === "parameters") return unknownWord(key, ["capabilities"], allowed);
  return { code: "manifest.invalid-format", detail: `\`${shorten(key)}\` is not allowed as a name here.`, suggestion: didYouMean(key, allowed) };
}

function describeUnion(issue: z.core.$ZodIssueInvalidUnion, value: unknown, context: IssueContext): Said {
  const options = "options" in issue ? (issue.options ?? []).map(String) : [];
  if (options.length > 0) return describeValue(issue.path, value, options);
  if (isVersionField(issue.path) && typeof value === "number") return describeType(issue.path, "string", value, context);
  return { code: "manifest.invalid-type", detail: `The field \`${fieldName(issue.path)}\` cannot be ${withArticle(kindOf(value))}.` };
}

function describeSize(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, field: string): Said {
  const isBig = issue.code === "too_big";
  const limit = String(isBig ? issue.maximum : issue.minimum);
  if (issue.origin === "string" || issue.origin === "array") {
    const unit = issue.origin === "string" ? "characters" : "entries";
    return { code: isBig ? "manifest.too-long" : "manifest.too-short", detail: `\`${field}\` has at ${isBig ? "most" : "least"} ${limit} ${unit}.` };
  }
  const bound = issue.inclusive === false ? (isBig ? "less than" : "more than") : isBig ? "at most" : "at least";
  return { code: "manifest.out-of-range", detail: `\`${field}\` is ${bound} ${limit}.` };
}

function didYouMean(word: string, allowed: readonly string[]): string | null {
  const nearest = suggestNearest(word, allowed);
  return nearest === null ? null : `Did you mean \`${nearest}\`?`;
}

function nearestContainer(path: readonly PropertyKey[]): PropertyKey | undefined {
  return path.findLast((segment) => typeof segment === "string");
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = nearestContainer(path);
  return name === undefined ? "(root)" : shorten(String(name));
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value;
}

const READABLE_KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  tuple: "a list",
  object: "a map",
  record: "a map",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function withArticle(kind: string): string {
  return READABLE_KINDS[kind] ?? kind;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
