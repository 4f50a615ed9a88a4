import { requireMember } from "#lib/accounts/index.ts";
import { listWorkflows, trustWorkflow } from "#lib/workflows/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/trusted-workflows", async ({ deps, principal, params }) => {
  await requireMember(deps.db, principal, params.slug, "view");
  return { items: await listWorkflows(deps, params.slug), nextCursor: null };
});

export const POST = route("POST /api/v1/publishers/{slug}/trusted-workflows", async ({ deps, principal, params, body }) => {
  const id = await trustWorkflow(deps, { principal, slug: params.slug, workflow: body });
  return (await listWorkflows(deps, params.slug)).find((workflow) => workflow.id === id);
});
