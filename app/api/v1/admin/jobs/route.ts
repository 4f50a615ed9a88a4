import { listFailedJobs } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/jobs", async ({ deps }) => ({ items: await listFailedJobs(deps), nextCursor: null }));
