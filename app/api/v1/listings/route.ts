import { searchListings } from "#lib/catalog/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/listings", async ({ deps, query }) => {
  const { items, nextCursor, total } = await searchListings(deps, query);
  return { items, nextCursor, total };
});
