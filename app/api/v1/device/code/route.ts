import { beginDeviceGrant } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/device/code", async ({ deps, body, client }) =>
  Response.json(await beginDeviceGrant(deps, { ...body, from: client }), { headers: { "cache-control": "no-store" } }));
