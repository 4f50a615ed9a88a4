import { readVersion } from "#lib/catalog/index.ts";
import { yankVersion } from "#lib/publishing/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/versions/{version}/yank", async ({ deps, principal, params, body }) => {
  await yankVersion(deps, { principal, ...params, reason: body.reason });
  return await readVersion(deps, params.id, params.version);
});
