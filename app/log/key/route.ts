import { readVerifierKey } from "#lib/transparency/index.ts";
import { route } from "../../api/_route.ts";

export const GET = route("GET /log/key", async ({ deps }) => {
  return new Response(`${await readVerifierKey(deps)}\n`, { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=300", "access-control-allow-origin": "*" } });
});
