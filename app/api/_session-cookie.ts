import { sessionCookie } from "#lib/accounts/index.ts";

/** The Set-Cookie header of a session that was just opened. */
export function setSessionCookie(publicUrl: string, session: { token: string; expires: Date }): string {
  const { name, options } = sessionCookie(publicUrl);
  return `${name}=${session.token}; Path=${options.path}; HttpOnly; SameSite=Lax; Expires=${session.expires.toUTCString()}${options.secure ? "; Secure" : ""}`;
}
