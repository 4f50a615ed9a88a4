import { readVersion } from "#lib/catalog/index.ts";
import { unyankVersion } from "#lib/publishing/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/versions/{version}/unyank", async ({ deps, principal, params, body }) => {
  await unyankVersion(deps, { principal, ...params, reason: body.reason });
  return await readVersion(deps, params.id, params.version);
});
