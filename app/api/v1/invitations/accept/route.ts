import { acceptInvitation } from "#lib/teams/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/invitations/accept", ({ deps, principal, body }) => acceptInvitation(deps, { principal, which: body }));
