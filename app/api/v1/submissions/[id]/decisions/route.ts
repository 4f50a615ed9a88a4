import { isId } from "#lib/platform/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import { readSubmission, submissionMissing } from "#lib/submissions/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/submissions/{id}/decisions", async ({ deps, principal, params, body }) => {
  if (!isId(params.id)) throw submissionMissing(params.id);
  await decideSubmission(deps, { principal, id: params.id, ...body });
  return await readSubmission(deps, params.id, principal);
});
