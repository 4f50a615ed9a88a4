import { readSubmission, submissionMissing, withdrawSubmission } from "#lib/submissions/index.ts";
import { isId } from "#lib/platform/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/submissions/{id}/withdraw", async ({ deps, principal, params }) => {
  if (!isId(params.id)) throw submissionMissing(params.id);
  await withdrawSubmission(deps.db, { principal, id: params.id, now: deps.now() });
  return await readSubmission(deps, params.id, principal);
});
