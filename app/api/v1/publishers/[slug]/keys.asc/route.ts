import { notFound } from "#lib/http/index.ts";
import { listKeys } from "#lib/trust/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/keys.asc", async ({ deps, params }) => {
  const keys = (await listKeys(deps, params.slug)).filter((key) => key.format === "openpgp");
  if (keys.length === 0) throw notFound(`A signing key of \`${params.slug}\``);
  const body = `${keys.map((key) => key.armored.trim()).join("\n\n")}\n`;
  return new Response(body, { headers: { "content-type": "application/pgp-keys; charset=utf-8", "cache-control": "public, max-age=60", "content-disposition": `attachment; filename="${params.slug}.asc"` } });
});
