import { invitationsFor } from "#lib/teams/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/invitations", async ({ deps, principal }) => ({ items: await invitationsFor(deps, principal), nextCursor: null }));
