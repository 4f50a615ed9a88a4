import { endAnnouncement } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/announcements/{id}/end", async ({ deps, principal, params, body }) => await endAnnouncement(deps, { principal, id: params.id, reason: body.reason }));
