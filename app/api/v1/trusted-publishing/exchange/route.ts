import { exchangeIdentity } from "#lib/workflows/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/trusted-publishing/exchange", async ({ deps, body }) => {
  const answer = await exchangeIdentity(deps, { token: body.token, publisher: body.publisher ?? null });
  return Response.json(answer, { status: 201, headers: { "cache-control": "no-store" } });
});
