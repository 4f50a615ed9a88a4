import { readVersion } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/versions/{version}", async ({ deps, params }) => {
  const version = await readVersion(deps, params.id, params.version);
  if (version === null) throw notFound(`Listing \`${params.id}\` version \`${params.version}\``);
  return version;
});
