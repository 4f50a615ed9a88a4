import { setMailChoice } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const PUT = route("PUT /api/v1/account/mail", async ({ deps, principal, body }) => await setMailChoice(deps.db, { userId: principal.userId, muted: body.muted }));
