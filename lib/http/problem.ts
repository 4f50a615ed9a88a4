import { ERRORS, RegistryError } from "./errors.ts";

/** RFC 9457 document of an error; anything but a RegistryError becomes an opaque 500. */
export function problemDocument(error: unknown, requestId: string): { status: number; headers: Record<string, string>; body: string } {
  const known = error instanceof RegistryError ? error : new RegistryError("internal", "The error was logged under this request id.");
  const { status, title } = ERRORS[known.code];
  const body = {
    type: `/docs/errors#${known.code}`,
    title,
    status,
    detail: known.message,
    code: known.code,
    requestId,
    ...(known.errors === undefined ? {} : { errors: known.errors }),
    ...known.members,
  };
  return { status, headers: { "content-type": "application/problem+json; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff", ...known.headers }, body: JSON.stringify(body) };
}

/** The same as a fetch-style Response. */
export function problemResponse(error: unknown, requestId: string): Response {
  const { status, headers, body } = problemDocument(error, requestId);
  return new Response(body, { status, headers });
}
