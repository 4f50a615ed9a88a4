import { readCheckpoint } from "#lib/transparency/index.ts";
import { route } from "../../api/_route.ts";

export const GET = route("GET /log/checkpoint", async ({ deps }) => {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=5", "access-control-allow-origin": "*" };
  return new Response(await readCheckpoint(deps), { headers });
});
