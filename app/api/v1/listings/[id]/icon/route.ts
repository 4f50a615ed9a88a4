import { Readable } from "node:stream";
import { requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { iconKey } from "#lib/storage/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/icon", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const listing = await deps.db.listing.findUnique({ where: { slug: params.id }, select: { iconSha256: true } });
  const object = listing?.iconSha256 ? await deps.store.get(iconKey(listing.iconSha256)) : null;
  if (object === null) throw notFound(`An icon of \`${params.id}\``);
  const headers = { "content-type": object.contentType, "cache-control": "public, max-age=86400", "x-content-type-options": "nosniff" };
  return new Response(Readable.toWeb(object.body) as ReadableStream, { headers });
});
