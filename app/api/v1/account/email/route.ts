import { cancelEmailChange, requestEmailChange } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/account/email", async ({ deps, principal, body }) => await requestEmailChange(deps, { principal, email: body.email }));

export const DELETE = route("DELETE /api/v1/account/email", async ({ deps, principal }) => {
  await cancelEmailChange(deps, principal);
  return { ok: true as const };
});
