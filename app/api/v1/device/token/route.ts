import { pollDeviceGrant } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

/** Answers as RFC 6749, 5.1 and 5.2 have it, not as a problem document: the programs that ask know that form. */
export const POST = route("POST /api/v1/device/token", async ({ deps, body }) => {
  const { ok, ...answer } = await pollDeviceGrant(deps, { deviceCode: body.device_code, now: deps.now() });
  return Response.json(answer, { status: ok ? 200 : 400, headers: { "cache-control": "no-store" } });
});
