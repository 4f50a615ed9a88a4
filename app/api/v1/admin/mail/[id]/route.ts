import { readMail } from "#lib/admin/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/admin/mail/{id}", async ({ deps, params }) => await readMail(deps, params.id));
