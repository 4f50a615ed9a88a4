import { readDependencies, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/dependencies", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const found = await readDependencies(deps, params.id);
  if (found === null) throw notFound(`Listing \`${params.id}\``);
  return found;
});
