import { listFactors, removeTotp, startTotp } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/factors/totp", ({ deps, principal }) => startTotp(deps, principal));

export const DELETE = route("DELETE /api/v1/factors/totp", async ({ deps, principal }) => {
  await removeTotp(deps, principal);
  return await listFactors(deps, principal.userId);
});
