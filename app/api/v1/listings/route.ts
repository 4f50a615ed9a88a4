import { listListings } from "#lib/catalog/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/listings", async ({ deps, query }) => await listListings(deps, query));
