import { endSession, sessionCookie } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/session/sign-out", async ({ deps, request }) => {
  const { name, options } = sessionCookie(deps.config.publicUrl);
  const cookie = (request.headers.get("cookie") ?? "").split(/; */).find((part) => part.startsWith(`${name}=`));
  if (cookie !== undefined) await endSession(deps.db, cookie.slice(name.length + 1));
  const gone = `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${options.secure ? "; Secure" : ""}`;
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": gone, "cache-control": "no-store" } });
});
