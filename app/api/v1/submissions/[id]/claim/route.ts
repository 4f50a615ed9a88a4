import { claimSubmission } from "#lib/review/index.ts";
import { readSubmission, submissionMissing } from "#lib/submissions/index.ts";
import { isId } from "#lib/platform/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/submissions/{id}/claim", async ({ deps, principal, params }) => {
  if (!isId(params.id)) throw submissionMissing(params.id);
  await claimSubmission(deps, { principal, id: params.id });
  return await readSubmission(deps, params.id, principal);
});
