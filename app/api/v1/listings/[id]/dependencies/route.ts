import { readDependencies, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/dependencies", async ({ deps, params, query }) => {
  await requireServed(deps, params.id);
  const found = await readDependencies(deps, params.id, query);
  if (found === null) throw notFound(`Listing \`${params.id}\`${query.version === undefined ? "" : ` version \`${query.version}\``}`);
  return found;
});
