import { checkName, listNames } from "#lib/trust/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/publishers/{slug}/names/{id}/check", async ({ deps, principal, params }) => {
  await checkName(deps, { principal, ...params });
  return (await listNames(deps.db, params.slug)).find((name) => name.id === params.id);
});
