import { retryMail } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/mail/{id}/retry", async ({ deps, principal, params }) => await retryMail(deps, { id: params.id, actorId: principal.userId }));
