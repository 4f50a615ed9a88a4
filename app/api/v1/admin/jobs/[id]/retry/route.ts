import { retryFailedJob } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/jobs/{id}/retry", async ({ deps, principal, params }) => await retryFailedJob(deps, { id: params.id, actorId: principal.userId }));
