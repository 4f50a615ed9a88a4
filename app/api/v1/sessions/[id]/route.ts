import { endOneSession, requireSession } from "#lib/accounts/index.ts";
import { notFound } from "#lib/http/index.ts";
import { isId } from "#lib/platform/index.ts";
import { route } from "../../../_route.ts";

export const DELETE = route("DELETE /api/v1/sessions/{id}", async ({ deps, principal, params }) => {
  requireSession(principal);
  if (!isId(params.id)) throw notFound(`Session \`${params.id}\``);
  await endOneSession(deps.db, { userId: principal.userId, sessionId: params.id });
  return { id: params.id };
});
