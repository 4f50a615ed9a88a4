import { reportLeakedTokens } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/tokens/report-leak", async ({ deps, body }) => {
  await reportLeakedTokens(deps, { tokens: body.tokens, source: body.source ?? null });
  return Response.json({ received: body.tokens.length }, { status: 202, headers: { "cache-control": "no-store" } });
});
