import { readListing } from "#lib/catalog/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}", async ({ deps, params }) => {
  const listing = await readListing(deps, params.id);
  if (listing === null) throw notFound(`Listing \`${params.id}\``);
  if (listing.state === "removed") throw new RegistryError("gone", `\`${params.id}\` was removed${listing.stateReason === null ? "." : `: ${listing.stateReason}`}`);
  return listing;
});
