import { passkeyRegistrationOptions } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/factors/passkeys/options", ({ deps, principal }) => passkeyRegistrationOptions(deps, principal));
