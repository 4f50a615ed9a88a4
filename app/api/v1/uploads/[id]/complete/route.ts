import { notFound } from "#lib/http/index.ts";
import { isId } from "#lib/platform/index.ts";
import { completeUpload } from "#lib/publishing/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/uploads/{id}/complete", async ({ deps, principal, params, body }) => {
  if (!isId(params.id)) throw notFound(`Upload \`${params.id}\``);
  const submission = await completeUpload(deps, { principal, uploadId: params.id, publisher: body.publisher, part: body.part, signature: body.signature ?? null, attestation: body.attestation ?? null });
  return { submission };
});
