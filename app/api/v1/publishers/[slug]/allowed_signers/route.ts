import { notFound } from "#lib/http/index.ts";
import { listKeys, writeAllowedSigners } from "#lib/trust/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/allowed_signers", async ({ deps, params }) => {
  const keys = (await listKeys(deps, params.slug)).filter((key) => key.format === "ssh");
  if (keys.length === 0) throw notFound(`An OpenSSH key of \`${params.slug}\``);
  return new Response(writeAllowedSigners(params.slug, keys), { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=60", "content-disposition": `attachment; filename="${params.slug}.allowed_signers"` } });
});
