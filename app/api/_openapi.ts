import { z } from "zod";
import { sessionCookie } from "#lib/accounts/index.ts";
import { ERRORS, LIMITS } from "#lib/http/index.ts";
import { ProblemDocument } from "#lib/http/schema.ts";
import { RULES, type Rule } from "./_rules.ts";

interface Collector {
  schemas: Record<string, unknown>;
}

/** The OpenAPI 3.1 description of the interface, made from the same table and zod schemas that the handlers obey. */
export function describeInterface(publicUrl: string): object {
  const collector: Collector = { schemas: {} };
  const problem = schemaOf(collector, ProblemDocument, "output");
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, rule] of Object.entries(RULES) as [string, Rule][]) {
    const [method = "", path = ""] = name.split(" ");
    (paths[path] ??= {})[method.toLowerCase()] = operation(collector, name, rule, problem);
  }
  return {
    openapi: "3.1.0",
    info: { title: "kOS Marketplace", version: "1", license: { name: "Apache-2.0", identifier: "Apache-2.0" }, description: "Listings, the update feed, publishing and review. Errors are problem+json (RFC 9457); their codes stand under `x-error-codes`." },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: collector.schemas,
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "An API token, `kos_…`" }, session: { type: "apiKey", in: "cookie", name: sessionCookie(publicUrl).name } },
    },
    "x-error-codes": ERRORS,
  };
}

function operation(collector: Collector, name: string, rule: Rule, problem: unknown): object {
  const ok = String(rule.status ?? 200);
  const signedIn = rule.auth.who !== "anyone";
  const body = requestBody(collector, name, rule);
  return {
    summary: rule.summary,
    operationId: name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase(),
    description: describe(rule),
    parameters: [...parameters(collector, rule.params, "path"), ...parameters(collector, rule.query, "query")],
    ...(body === undefined ? {} : { requestBody: body }),
    ...(signedIn ? { security: [{ token: [] }, { session: [] }] } : {}),
    responses: {
      [ok]: { description: rule.summary, ...answerContent(collector, rule) },
      default: { description: "What went wrong", content: { "application/problem+json": { schema: problem } } },
    },
  };
}

function describe(rule: Rule): string {
  const limit = LIMITS[rule.limit];
  const counted = rule.limit === "none" ? "" : ` At most ${limit.burst} at once, then one every ${limit.every} s.`;
  if (rule.auth.who === "anyone") return `For anyone.${counted}`;
  if (rule.auth.who === "member") return `For whoever is signed in; a token needs the scope \`${rule.auth.scope}\`.${counted}`;
  return `For ${rule.auth.roles.join(", ")}; a token needs the scope \`${rule.auth.scope}\`.${counted}`;
}

function parameters(collector: Collector, schema: z.ZodObject | undefined, where: "path" | "query"): object[] {
  if (schema === undefined) return [];
  const object = schemaOf(collector, schema, "input") as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({ name, in: where, required: where === "path" || (object.required ?? []).includes(name), schema: property }));
}

const PART = { type: "string", contentMediaType: "application/octet-stream" };
const FORM = { type: "object", properties: { publisher: { type: "string" }, package: PART, manifest: PART, signature: { type: "string" } } };

function requestBody(collector: Collector, name: string, rule: Rule): object | undefined {
  if (rule.body !== undefined) return { required: true, content: { "application/json": { schema: schemaOf(collector, rule.body, "input") } } };
  if (rule.bodyType === undefined) return undefined;
  const schema = rule.bodyType === "multipart/form-data" ? { ...FORM, required: name.endsWith("/publish") ? ["publisher"] : [] } : { type: "string" };
  return { required: true, content: { [rule.bodyType]: { schema } } };
}

function answerContent(collector: Collector, rule: Rule): object {
  if (rule.answer !== undefined) return { content: { "application/json": { schema: schemaOf(collector, rule.answer, "output") } } };
  return rule.answerType === undefined ? {} : { content: { [rule.answerType]: { schema: { type: "string" } } } };
}

/** A schema as JSON Schema; what it names by id moves to the shared components. */
function schemaOf(collector: Collector, schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _dialect, $defs, ...json } = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: "any" })).replaceAll('"#/$defs/', '"#/components/schemas/')) as { $schema?: string; $defs?: Record<string, unknown> } & Record<string, unknown>;
  for (const [id, definition] of Object.entries($defs ?? {})) collector.schemas[id] ??= definition;
  return json;
}
