import { askToConnect } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/identities/connect", async ({ deps, principal, body }) => await askToConnect(deps, { principal, provider: body.provider }));
