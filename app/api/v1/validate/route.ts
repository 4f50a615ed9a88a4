import { validateUpload } from "#lib/publishing/index.ts";
import { route } from "../../_route.ts";
import { takeUpload } from "../_take-upload.ts";

export const POST = route("POST /api/v1/validate", async ({ deps, request }) => {
  const upload = takeUpload(request);
  return await validateUpload(deps, { part: upload.part, path: upload.path, signature: upload.signature, publisher: upload.fields["publisher"] ?? null });
});
