import { declineInvitation } from "#lib/teams/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/invitations/decline", ({ deps, principal, body }) => declineInvitation(deps, { principal, which: body }));
