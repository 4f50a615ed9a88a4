import { confirmWorkflow, listWorkflows } from "#lib/workflows/index.ts";
import { route } from "../../../../../../_route.ts";

export const POST = route("POST /api/v1/publishers/{slug}/trusted-workflows/{id}/confirm", async ({ deps, principal, params }) => {
  await confirmWorkflow(deps, { principal, ...params });
  return { items: await listWorkflows(deps, params.slug), nextCursor: null };
});
