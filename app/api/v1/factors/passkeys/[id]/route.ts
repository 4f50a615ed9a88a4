import { removePasskey, renamePasskey } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const PATCH = route("PATCH /api/v1/factors/passkeys/{id}", ({ deps, principal, params, body }) => renamePasskey(deps, { principal, id: params.id, name: body.name }));

export const DELETE = route("DELETE /api/v1/factors/passkeys/{id}", ({ deps, principal, params }) => removePasskey(deps, { principal, id: params.id }));
