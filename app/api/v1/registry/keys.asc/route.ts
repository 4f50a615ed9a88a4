import { registrySigner } from "#lib/trust/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/registry/keys.asc", async ({ deps }) => {
  const { certificate } = await registrySigner(deps.config);
  return new Response(certificate, { headers: { "content-type": "application/pgp-keys; charset=utf-8", "cache-control": "public, max-age=300" } });
});
