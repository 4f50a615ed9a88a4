import { listSessions } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/sessions", async ({ deps, principal }) => ({ items: await listSessions(deps, principal), nextCursor: null }));
