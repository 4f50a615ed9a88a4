import { revokeItself } from "#lib/accounts/index.ts";
import { badRequest } from "#lib/http/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/tokens/revoke-self", async ({ deps, principal, request }) => {
  if (principal?.via !== "token") throw badRequest("Send the token that is to end as `Authorization: Bearer kos_…`.");
  return await revokeItself(deps.db, { raw: request.headers.get("authorization")?.replace(/^Bearer +/i, "") ?? "", now: deps.now() });
});
