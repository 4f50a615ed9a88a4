import { listFactors } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/factors", ({ deps, principal }) => listFactors(deps, principal.userId));
