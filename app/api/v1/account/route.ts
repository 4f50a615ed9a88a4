import { readViewer } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/account", async ({ deps, principal }) => await readViewer(deps, principal));
