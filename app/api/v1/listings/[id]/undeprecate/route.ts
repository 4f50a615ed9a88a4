import { changeListing } from "#lib/publishing/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/undeprecate", async ({ deps, principal, params, body }) => await changeListing(deps, { principal, id: params.id, verb: "undeprecate", reason: body.reason }));
