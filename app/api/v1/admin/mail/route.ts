import { listMail } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/mail", async ({ deps, query }) => await listMail(deps, query));
