import type { ProblemView } from "./schema.ts";

/** Every error an answer can name: its status and its title. The only table from code to status. */
export const ERRORS = {
  "bad-request": { status: 400, title: "The request is not understood" },
  "invalid-input": { status: 400, title: "The input has faults" },
  "invalid-upload": { status: 400, title: "The upload is not understood" },
  unauthenticated: { status: 401, title: "Sign in first" },
  "token-invalid": { status: 401, title: "The token is not valid" },
  forbidden: { status: 403, title: "Not allowed" },
  "wrong-origin": { status: 403, title: "The request came from another site" },
  "step-up-required": { status: 403, title: "Confirm that it is you" },
  "workflow-not-trusted": { status: 403, title: "No publisher trusts this workflow" },
  "second-factor-required": { status: 403, title: "Set up a second factor first" },
  "not-found": { status: 404, title: "Not found" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "id-taken": { status: 409, title: "The id is taken" },
  "version-exists": { status: 409, title: "The version exists" },
  "submission-open": { status: 409, title: "A submission of this version is open" },
  "stale-decision": { status: 409, title: "The submission changed meanwhile" },
  "move-not-allowed": { status: 409, title: "This state does not allow that" },
  "already-claimed": { status: 409, title: "Another reviewer holds the claim" },
  "key-taken": { status: 409, title: "The key is registered already" },
  gone: { status: 410, title: "Gone" },
  "too-large": { status: 413, title: "Too large" },
  "unsupported-media": { status: 415, title: "Unsupported media type" },
  "manifest-invalid": { status: 422, title: "The manifest has faults" },
  "package-invalid": { status: 422, title: "The package has faults" },
  "signature-invalid": { status: 422, title: "The signature does not hold" },
  "attestation-invalid": { status: 422, title: "The attestation does not hold" },
  "identity-refused": { status: 422, title: "The identity token does not hold" },
  "factor-invalid": { status: 422, title: "The second factor does not hold" },
  "key-invalid": { status: 422, title: "The key cannot be used" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "taken-down": { status: 451, title: "Unavailable for legal or safety reasons" },
  internal: { status: 500, title: "Something broke on our side" },
  "read-only": { status: 503, title: "Read-only for now" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorExtra {
  errors?: ProblemView[];
  /** Further members of the problem document, such as `allowedMoves`. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** An error that an answer may show: made by the named constructors of each module's `errors.ts`. */
export class RegistryError extends Error {
  readonly code: ErrorCode;
  readonly errors: ProblemView[] | undefined;
  readonly members: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, extra: ErrorExtra = {}) {
    super(detail);
    this.name = "RegistryError";
    this.code = code;
    this.errors = extra.errors;
    this.members = extra.members ?? {};
    this.headers = extra.headers ?? {};
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

export const notFound = (what: string) => new RegistryError("not-found", `${what} does not exist.`);
export const badRequest = (detail: string) => new RegistryError("bad-request", detail);
/** One fault of an input: `pointer` is its place (RFC 6901), `suggestion` what would put it right. */
export const inputProblem = (pointer: string, detail: string, suggestion: string | null = null): ProblemView => ({ code: "input.invalid", severity: "B", check: "input", file: null, line: null, column: null, pointer, detail, suggestion });
export const invalidInput = (errors: ProblemView[]) =>
  new RegistryError("invalid-input", errors.length === 1 ? (errors[0]?.detail ?? "One fault.") : `${errors.length} faults, each with its place.`, { errors });
