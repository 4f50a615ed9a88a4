import { RegistryError, stagedUpload, type StagedUpload } from "#lib/http/index.ts";


/** The upload that the server streamed to disk before this handler ran, with exactly one of the two file parts. */
export function takeUpload(request: Request): StagedUpload {
  const staged = stagedUpload(request.headers.get("x-kos-staged"));
  if (staged === null) throw new RegistryError("unsupported-media", "Send `multipart/form-data` with the part `package` (a .zip or .tgz) or `manifest` (a YAML file).");
  return staged;
}
