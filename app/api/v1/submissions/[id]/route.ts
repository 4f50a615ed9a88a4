import { readSubmission, submissionMissing } from "#lib/submissions/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/submissions/{id}", async ({ deps, principal, params }) => {
  const submission = await readSubmission(deps, params.id, principal);
  if (submission === null) throw submissionMissing(params.id);
  return submission;
});
