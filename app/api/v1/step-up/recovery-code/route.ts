import { stepUpWithRecoveryCode } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/step-up/recovery-code", async ({ deps, principal, body }) => {
  await stepUpWithRecoveryCode(deps, { principal, code: body.code });
  return new Response(null, { status: 204 });
});
