import { readDeviceGrant } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/device/lookup", async ({ deps, body }) => await readDeviceGrant(deps, body.userCode));
