import { confirmTotp, listFactors } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/factors/totp/confirm", async ({ deps, principal, body }) => {
  await confirmTotp(deps, { principal, code: body.code });
  return await listFactors(deps, principal.userId);
});
