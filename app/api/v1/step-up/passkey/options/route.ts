import { passkeyStepUpOptions } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/step-up/passkey/options", ({ deps, principal }) => passkeyStepUpOptions(deps, principal));
