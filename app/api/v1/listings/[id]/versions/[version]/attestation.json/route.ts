import { readAttestation, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { ATTESTATION_TYPE } from "#lib/provenance/schema.ts";
import { route } from "../../../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/versions/{version}/attestation.json", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const attestation = await readAttestation(deps, params.id, params.version);
  if (attestation === null) throw notFound(`An attestation of \`${params.id}\` version \`${params.version}\``);
  return new Response(attestation, { headers: { "content-type": ATTESTATION_TYPE, "content-disposition": `attachment; filename="${params.id}-${params.version}.sigstore.json"`, "cache-control": "public, max-age=300" } });
});
