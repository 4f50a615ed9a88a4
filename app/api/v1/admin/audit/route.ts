import { exportAudit, searchAudit } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

/** A page as JSON, or with `format=jsonl` everything that matches, streamed as lines. */
export const GET = route("GET /api/v1/admin/audit", async ({ deps, query }) => {
  if (query.format === "json") return await searchAudit(deps, query);
  const headers = { "content-type": "application/jsonl; charset=utf-8", "content-disposition": 'attachment; filename="audit.jsonl"', "cache-control": "no-store" };
  return new Response(exportAudit(deps, query), { headers });
});
