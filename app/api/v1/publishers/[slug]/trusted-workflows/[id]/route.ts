import { distrustWorkflow, listWorkflows } from "#lib/workflows/index.ts";
import { route } from "../../../../../_route.ts";

export const DELETE = route("DELETE /api/v1/publishers/{slug}/trusted-workflows/{id}", async ({ deps, principal, params }) => {
  await distrustWorkflow(deps, { principal, ...params });
  return { items: await listWorkflows(deps, params.slug), nextCursor: null };
});
