import { readVersions, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/versions", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const items = await readVersions(deps, params.id);
  if (items === null) throw notFound(`Listing \`${params.id}\``);
  return { items, nextCursor: null };
});
