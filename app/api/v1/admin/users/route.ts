import { listUsers } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/users", async ({ deps, query }) => await listUsers(deps, query));
