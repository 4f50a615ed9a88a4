import { listPublishers } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/publishers", async ({ deps, query }) => await listPublishers(deps, query));
