import { RegistryError } from "#lib/http/index.ts";
import { submitPackage } from "#lib/publishing/index.ts";
import { route } from "../../_route.ts";
import { takeUpload } from "../_take-upload.ts";

export const POST = route("POST /api/v1/publish", async ({ deps, principal, request }) => {
  const upload = takeUpload(request);
  const publisher = upload.fields["publisher"];
  if (publisher === undefined || publisher === "") throw new RegistryError("invalid-upload", "The form needs a field `publisher` with the publisher's slug.");
  const submission = await submitPackage(deps, { principal, publisher, part: upload.part, path: upload.path, signature: upload.signature, attestation: upload.attestation });
  return { submission };
});
