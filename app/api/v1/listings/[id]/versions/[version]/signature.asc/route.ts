import { readVersion, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/versions/{version}/signature.asc", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const version = await readVersion(deps, params.id, params.version);
  if (version === null) throw notFound(`Listing \`${params.id}\` version \`${params.version}\``);
  return new Response(version.signature, { headers: { "content-type": "application/pgp-signature; charset=utf-8", "content-disposition": `attachment; filename="${version.fileName}.asc"`, "cache-control": "public, max-age=300" } });
});
