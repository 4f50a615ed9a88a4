import { stepUpWithPasskey } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/step-up/passkey", async ({ deps, principal, body }) => {
  await stepUpWithPasskey(deps, { principal, answer: body });
  return new Response(null, { status: 204 });
});
