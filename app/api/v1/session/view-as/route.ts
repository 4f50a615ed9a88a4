import { setViewAs } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/session/view-as", async ({ deps, principal, body }) => {
  await setViewAs(deps.db, { principal, role: body.role });
  return { role: body.role };
});
