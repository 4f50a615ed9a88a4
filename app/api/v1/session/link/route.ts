import { sessionCookie, useSignInLink } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/session/link", async ({ deps, request }) => {
  const form = new URLSearchParams(await request.text());
  const session = await useSignInLink(deps.db, form.get("token") ?? "", deps.now());
  if (session === null) return new Response(null, { status: 303, headers: { location: "/sign-in/error?error=Verification" } });
  const { name, options } = sessionCookie(deps.config.publicUrl);
  const cookie = `${name}=${session.token}; Path=${options.path}; HttpOnly; SameSite=Lax; Expires=${session.expires.toUTCString()}${options.secure ? "; Secure" : ""}`;
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": cookie, "cache-control": "no-store" } });
});
