import { fileClaim, listClaims } from "#lib/teams/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/claims", ({ deps, principal, query }) => listClaims(deps, principal, query));

export const POST = route("POST /api/v1/claims", ({ deps, principal, body }) => fileClaim(deps, { principal, ...body, publisher: body.publisher ?? null }));
