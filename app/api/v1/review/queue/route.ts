import { readQueue } from "#lib/review/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/review/queue", async ({ deps, principal }) => ({ items: await readQueue(deps, principal), nextCursor: null }));
