import { registerPasskey } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/factors/passkeys", ({ deps, principal, body }) => registerPasskey(deps, { principal, ...body }));
