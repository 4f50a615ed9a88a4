import { listIdentities } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/identities", async ({ deps, principal }) => ({ items: await listIdentities(deps, principal.userId), nextCursor: null }));
