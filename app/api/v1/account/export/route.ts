import { exportAccount } from "#lib/people/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/account/export", async ({ deps, principal }) => {
  const body = JSON.stringify(await exportAccount(deps, principal), null, 2);
  return new Response(`${body}\n`, { headers: { "content-type": "application/json", "content-disposition": 'attachment; filename="kos-account.json"', "cache-control": "no-store" } });
});
