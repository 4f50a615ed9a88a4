import { stepUpWithTotp } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/step-up/totp", async ({ deps, principal, body }) => {
  await stepUpWithTotp(deps, { principal, code: body.code });
  return new Response(null, { status: 204 });
});
