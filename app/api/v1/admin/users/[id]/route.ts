import { readUser } from "#lib/admin/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/admin/users/{id}", async ({ deps, params }) => await readUser(deps, params.id));
