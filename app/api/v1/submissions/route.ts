import { listSubmissions } from "#lib/submissions/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/submissions", async ({ deps, principal }) => ({ items: await listSubmissions(deps, principal), nextCursor: null }));
