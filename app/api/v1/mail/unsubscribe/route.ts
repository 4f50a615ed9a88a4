import { muteMail } from "#lib/accounts/index.ts";
import { notFound } from "#lib/http/index.ts";
import { readUnsubscribe } from "#lib/mail/index.ts";
import { route } from "../../../_route.ts";

/** A mail reader that knows no one-click opens the same address: it gets the page with a button. */
export const GET = route("GET /api/v1/mail/unsubscribe", ({ query }) => Promise.resolve(seeOther(`/unsubscribe?t=${encodeURIComponent(query.t)}`)));

export const POST = route("POST /api/v1/mail/unsubscribe", async ({ deps, query, request }) => {
  const named = readUnsubscribe(deps.config, query.t);
  if (named === null) throw notFound("A mail with this address");
  await muteMail(deps.db, named);
  const form = new URLSearchParams(await request.text());
  return form.has("page") ? seeOther(`/unsubscribe?t=${encodeURIComponent(query.t)}&done=1`) : Response.json({ muted: named.group }, { headers: { "cache-control": "no-store" } });
});

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
