import { sessionPlace, type SessionPlace } from "#lib/accounts/index.ts";

/** Where a request comes from, for its session: the server itself has written the address. */
export function placeOf(headers: Pick<Headers, "get">): SessionPlace {
  return sessionPlace({ userAgent: headers.get("user-agent"), client: headers.get("x-kos-client") });
}
