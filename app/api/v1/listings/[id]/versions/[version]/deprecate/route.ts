import { readVersion } from "#lib/catalog/index.ts";
import { deprecateVersion } from "#lib/publishing/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/versions/{version}/deprecate", async ({ deps, principal, params, body }) => {
  await deprecateVersion(deps, { principal, ...params, reason: body.reason, successor: body.successor ?? null, until: body.until ?? null });
  return await readVersion(deps, params.id, params.version);
});
