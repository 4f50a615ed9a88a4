import { changeListing } from "#lib/publishing/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/delete", async ({ deps, principal, params, body }) => await changeListing(deps, { principal, id: params.id, verb: "delete", reason: body.reason }));
