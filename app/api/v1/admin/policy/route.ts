import { choosePolicy, readPolicy } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/policy", async ({ deps }) => await readPolicy(deps));

export const POST = route("POST /api/v1/admin/policy", async ({ deps, principal, body }) => await choosePolicy(deps, { principal, ...body }));
