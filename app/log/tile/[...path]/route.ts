import { readTile } from "#lib/transparency/index.ts";
import { route } from "../../../api/_route.ts";

export const GET = route("GET /log/tile/{path}", async ({ deps, params }) => {
  const bytes = await readTile(deps, `tile/${params.path.join("/")}`);
  const headers = { "content-type": "application/octet-stream", "cache-control": "public, max-age=31536000, immutable", "access-control-allow-origin": "*" };
  return new Response(new Uint8Array(bytes), { headers });
});
