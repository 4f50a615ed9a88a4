import { readSbom, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/versions/{version}/sbom.json", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const sbom = await readSbom(deps, params.id, params.version);
  if (sbom === null) throw notFound(`Listing \`${params.id}\` version \`${params.version}\``);
  return new Response(`${JSON.stringify(sbom, null, 1)}\n`, { headers: { "content-type": "application/vnd.cyclonedx+json; version=1.6", "cache-control": "public, max-age=300" } });
});
