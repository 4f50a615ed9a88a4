import { confirmEmailChange } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/account/email/confirm", async ({ deps, principal, body }) => await confirmEmailChange(deps, { principal, token: body.token }));
