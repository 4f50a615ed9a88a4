import { readVersion, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../../../_route.ts";

export const GET = route("GET /api/v1/listings/{id}/versions/{version}/publisher-signature", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const version = await readVersion(deps, params.id, params.version);
  const own = version?.publisherSignature ?? null;
  if (version === null || own === null) throw notFound(`A signature of the publisher's beside the feed's, on listing \`${params.id}\` version \`${params.version}\`,`);
  const type = own.format === "ssh" ? "text/plain; charset=utf-8" : "application/pgp-signature; charset=utf-8";
  return new Response(own.signature, { headers: { "content-type": type, "content-disposition": `attachment; filename="${version.fileName}.sig"`, "cache-control": "public, max-age=300" } });
});
