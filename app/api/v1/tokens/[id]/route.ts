import { revokeToken } from "#lib/accounts/index.ts";
import { notFound } from "#lib/http/index.ts";
import { isId } from "#lib/platform/index.ts";
import { route } from "../../../_route.ts";

export const DELETE = route("DELETE /api/v1/tokens/{id}", async ({ deps, principal, params }) => {
  if (!isId(params.id)) throw notFound(`Token \`${params.id}\``);
  return await revokeToken(deps.db, { userId: principal.userId, tokenId: params.id, now: deps.now() });
});
