import { makeRecoveryCodes } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/factors/recovery-codes", async ({ deps, principal }) => ({ codes: await makeRecoveryCodes(deps, principal) }));
