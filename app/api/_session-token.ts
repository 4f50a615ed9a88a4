import { sessionCookie } from "#lib/accounts/index.ts";

/** The session token in a request's cookies; null where there is none. */
export function sessionToken(request: Request, publicUrl: string): string | null {
  const { name } = sessionCookie(publicUrl);
  const cookie = (request.headers.get("cookie") ?? "").split(/; */).find((part) => part.startsWith(`${name}=`));
  return cookie === undefined ? null : cookie.slice(name.length + 1);
}
