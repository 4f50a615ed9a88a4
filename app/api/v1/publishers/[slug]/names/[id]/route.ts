import { listNames, removeName } from "#lib/trust/index.ts";
import { route } from "../../../../../_route.ts";

export const DELETE = route("DELETE /api/v1/publishers/{slug}/names/{id}", async ({ deps, principal, params }) => {
  await removeName(deps, { principal, ...params });
  return { items: await listNames(deps.db, params.slug), nextCursor: null };
});
