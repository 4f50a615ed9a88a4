import { disconnectIdentity } from "#lib/accounts/index.ts";
import { notFound } from "#lib/http/index.ts";
import { isId } from "#lib/platform/index.ts";
import { route } from "../../../_route.ts";

export const DELETE = route("DELETE /api/v1/identities/{id}", async ({ deps, principal, params }) => {
  if (!isId(params.id)) throw notFound(`Identity \`${params.id}\``);
  await disconnectIdentity(deps, { principal, identityId: params.id });
  return { id: params.id };
});
