import { revokeKey } from "#lib/trust/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/publishers/{slug}/keys/{fingerprint}/revoke", ({ deps, principal, params, body }) =>
  revokeKey(deps.db, { principal, ...params, reason: body.reason, compromisedSince: body.compromisedSince === undefined ? null : new Date(body.compromisedSince), now: deps.now() }),
);
