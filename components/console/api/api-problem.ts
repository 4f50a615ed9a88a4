import type { ProblemView } from "#lib/http/schema.ts";

/** What a refused request said: the members of the registry's problem document (RFC 9457). */
export interface ProblemAnswer {
  status: number;
  title: string;
  detail: string;
  code: string;
  requestId: string | null;
  errors: ProblemView[];
  /** Members beyond the standard ones, e.g. what changed since a stale decision. */
  extra: Record<string, unknown>;
}

/** Thrown by every call to the HTTP API that did not succeed; carries the whole answer. */
export class ApiProblem extends Error {
  readonly answer: ProblemAnswer;

  constructor(answer: ProblemAnswer) {
    super(answer.detail);
    this.name = "ApiProblem";
    this.answer = answer;
  }
}

const STANDARD_MEMBERS = new Set(["type", "title", "status", "detail", "code", "requestId", "errors"]);

/**
 * Reads the body of a failed answer. A body that is no problem document (a
 * proxy's page, an empty answer) still becomes a sentence a person can act on.
 */
export function readProblem(status: number, body: string): ApiProblem {
  const parsed = parseObject(body);
  const text = (key: string): string | null => (typeof parsed[key] === "string" ? parsed[key] : null);
  return new ApiProblem({
    status,
    title: text("title") ?? `The server answered ${status}`,
    detail: text("detail") ?? fallbackDetail(status),
    code: text("code") ?? `http-${status}`,
    requestId: text("requestId"),
    errors: Array.isArray(parsed["errors"]) ? (parsed["errors"] as ProblemView[]) : [],
    extra: Object.fromEntries(Object.entries(parsed).filter(([key]) => !STANDARD_MEMBERS.has(key))),
  });
}

/** The problem for a request that never got an answer. */
export function unreachable(): ApiProblem {
  return new ApiProblem({
    status: 0,
    title: "The registry cannot be reached",
    detail: "No answer came back. Nothing was changed by this attempt as far as this page knows; check the connection and try again.",
    code: "unreachable",
    requestId: null,
    errors: [],
    extra: {},
  });
}

/** Turns anything thrown into a problem, so that pages have one way to show a failure. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiProblem({ status: 0, title: "That did not work", detail, code: "local", requestId: null, errors: [], extra: {} });
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function fallbackDetail(status: number): string {
  if (status === 401) return "You are signed out. Sign in again and repeat the step.";
  if (status === 413) return "The file is larger than the registry accepts.";
  if (status === 429) return "Too many requests in a short time. Wait a moment and try again.";
  return "The answer held no explanation. Try again; if it stays, tell the operator.";
}
