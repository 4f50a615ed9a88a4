import { sessionCookie } from "#lib/accounts/index.ts";

/** The Set-Cookie header of a session that was just opened; null takes the cookie away. */
export function setSessionCookie(publicUrl: string, session: { token: string; expires: Date } | null): string {
  const { name, options } = sessionCookie(publicUrl);
  const life = session === null ? "Max-Age=0" : `Expires=${session.expires.toUTCString()}`;
  return `${name}=${session?.token ?? ""}; Path=${options.path}; HttpOnly; SameSite=Lax; ${life}${options.secure ? "; Secure" : ""}`;
}
