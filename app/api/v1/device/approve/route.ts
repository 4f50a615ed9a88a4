import { answerDeviceGrant } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/device/approve", async ({ deps, principal, body }) => {
  await answerDeviceGrant(deps, { principal, userCode: body.userCode, approve: true });
  return { approved: true };
});
