import { deleteVersion } from "#lib/publishing/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/versions/{version}/delete", async ({ deps, principal, params, body }) => {
  await deleteVersion(deps, { principal, ...params, reason: body.reason });
  return { ok: true as const };
});
