import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { narrowForChange, readSession, readToken, requireRole, requireScope, requireSecondFactor, type Principal } from "#lib/accounts/index.ts";
import { countInDatabase, countInMemory, gatherLimits, inputProblem, invalidInput, LIMITS, problemResponse, RegistryError } from "#lib/http/index.ts";
import { notePrincipal } from "#lib/platform/index.ts";
import { runtime, translateFault, type Deps } from "#lib/runtime/index.ts";
import { noteUse } from "../_note-use.ts";
import { RULES, type Rule, type RuleName } from "./_rules.ts";
import { sessionToken } from "./_session-token.ts";

type Field<N extends RuleName, F extends "params" | "query" | "body"> = (typeof RULES)[N] extends Record<F, infer S extends z.ZodType> ? z.output<S> : undefined;
type Caller<N extends RuleName> = (typeof RULES)[N]["auth"] extends { who: "anyone" } ? Principal | null : Principal;

export interface RouteInput<N extends RuleName> {
  deps: Deps;
  principal: Caller<N>;
  params: Field<N, "params">;
  query: Field<N, "query">;
  body: Field<N, "body">;
  request: Request;
  requestId: string;
  /** Address that limits count by. */
  client: string;
}

/** What a handler returns is the JSON body of the rule's status, unless it is a Response of its own. */
type Handler<N extends RuleName> = (input: RouteInput<N>) => Promise<unknown>;
type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * Makes a route handler out of a rule: request id, principal from the stored row, origin check, limits, input
 * against its schema, the answer as JSON, every error as problem+json.
 */
export function route<N extends RuleName>(name: N, handler: Handler<N>): (request: Request, context: NextContext) => Promise<Response> {
  const rule: Rule = RULES[name];
  return (request, context) =>
    gatherLimits(async (limits) => {
      const requestId = request.headers.get("x-request-id") ?? randomUUID();
      try {
        const deps = await runtime();
        const client = request.headers.get("x-kos-client") ?? "unknown";
        if (LIMITS[rule.limit].store === "memory") countInMemory(rule.limit, client);
        const principal = await authorise(deps, rule, request, client);
        if (principal !== null) notePrincipal(requestId, principal.via);
        if (LIMITS[rule.limit].store === "database") await countInDatabase(deps.db, rule.limit, principal?.userId ?? client);
        const input = { deps, principal, request, requestId, client, ...(await readInput(rule, request, context)) };
        const answer = await handler(input as unknown as RouteInput<N>);
        return respond(rule, answer, limits(), requestId);
      } catch (error) {
        return failure(error, limits(), requestId);
      }
    });
}

async function authorise(deps: Deps, rule: Rule, request: Request, client: string): Promise<Principal | null> {
  const reads = request.method === "GET" || request.method === "HEAD";
  const seen = await readPrincipal(deps, request, client);
  const principal = seen === null || reads ? seen : narrowForChange(seen);
  if (principal?.via !== "token" && !reads) requireOwnOrigin(deps, request);
  if (rule.auth.who === "anyone") return principal;
  if (principal === null) throw new RegistryError("unauthenticated", "Send `Authorization: Bearer kos_…`, or sign in.", { headers: { "www-authenticate": 'Bearer realm="kos"' } });
  requireReach(principal, rule.auth);
  if (rule.auth.who === "role") {
    requireRole(principal, rule.auth.roles);
    await requireSecondFactor(deps, principal, rule.auth.roles);
  }
  return principal;
}

/** A build workflow has a door of its own to what it may do; its owner's scopes are not what opens it. */
function requireReach(principal: Principal, auth: Exclude<Rule["auth"], { who: "anyone" }>): void {
  if (!principal.workflow) return requireScope(principal, auth.scope);
  if (auth.who !== "member" || auth.workflow !== true) throw new RegistryError("forbidden", "The token of a build workflow publishes, and does nothing else.");
}

async function readPrincipal(deps: Deps, request: Request, client: string): Promise<Principal | null> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) {
    const principal = await readToken(deps.db, bearer, deps.now(), client);
    if (principal === null) throw new RegistryError("token-invalid", "The token is unknown, expired or revoked.", { headers: { "www-authenticate": 'Bearer realm="kos", error="invalid_token"' } });
    return principal;
  }
  const token = sessionToken(request, deps.config.publicUrl);
  const principal = token === null ? null : await readSession(deps.db, token, deps.now());
  noteUse(deps, principal, request.headers);
  return principal;
}

/** A browser that sends our cookie from another site is refused; programs without a cookie send no Origin and pass. */
function requireOwnOrigin(deps: Deps, request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin === null && site === null) return;
  if (origin === null ? site === "same-origin" || site === "none" : origin === new URL(deps.config.publicUrl).origin) return;
  throw new RegistryError("wrong-origin", `This request came from ${origin ?? "another site"}; only pages of ${deps.config.publicUrl} may send it.`);
}

async function readInput(rule: Rule, request: Request, context: NextContext): Promise<{ params: unknown; query: unknown; body: unknown }> {
  const url = new URL(request.url);
  return {
    params: rule.params === undefined ? undefined : parseInput(rule.params, await context.params, ""),
    query: rule.query === undefined ? undefined : parseInput(rule.query, queryRecord(url.searchParams), ""),
    body: rule.body === undefined ? undefined : parseInput(rule.body, await readJson(request), ""),
  };
}

function queryRecord(search: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(search.keys())].map((key) => [key, search.getAll(key).length === 1 ? (search.get(key) ?? "") : search.getAll(key)]));
}

async function readJson(request: Request): Promise<unknown> {
  if (!(request.headers.get("content-type") ?? "").toLowerCase().startsWith("application/json")) throw new RegistryError("unsupported-media", "Send the body as `application/json`.");
  try {
    return await request.json();
  } catch {
    throw new RegistryError("bad-request", "The body is not JSON.");
  }
}

function parseInput(schema: z.ZodType, value: unknown, prefix: string): unknown {
  const parsed = schema.safeParse(value);
  // Postgres cannot hold a NUL: refused here it is the sender's fault, and not a failed query.
  if (parsed.success && holdsNul(parsed.data)) throw new RegistryError("bad-request", "The request holds a NUL character.");
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.map((issue) => inputProblem(`${prefix}/${issue.path.join("/")}`, issue.message)));
}

function holdsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNul);
}

function respond(rule: Rule, answer: unknown, headers: Record<string, string>, requestId: string): Response {
  const cacheControl = rule.auth.who === "anyone" ? "public, max-age=10" : "no-store";
  if (answer instanceof Response) {
    for (const [key, value] of Object.entries({ ...headers, "x-request-id": requestId })) answer.headers.set(key, value);
    return answer;
  }
  return Response.json(answer, { status: rule.status ?? 200, headers: { "cache-control": cacheControl, ...headers, "x-request-id": requestId } });
}

async function failure(fault: unknown, limits: Record<string, string>, requestId: string): Promise<Response> {
  const error = translateFault(fault);
  if (!(error instanceof RegistryError)) (await runtime()).logger.error({ err: error, requestId }, "unexpected error");
  const response = problemResponse(error, requestId);
  for (const [key, value] of Object.entries({ ...limits, "x-request-id": requestId })) response.headers.set(key, value);
  return response;
}
