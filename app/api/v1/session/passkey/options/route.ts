import { passkeySignInOptions } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/session/passkey/options", async ({ deps }) => Response.json(await passkeySignInOptions(deps), { headers: { "cache-control": "no-store" } }));
