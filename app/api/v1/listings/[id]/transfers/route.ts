import { offerTransfer } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/listings/{id}/transfers", ({ deps, principal, params, body }) => offerTransfer(deps, { principal, listing: params.id, ...body }));
