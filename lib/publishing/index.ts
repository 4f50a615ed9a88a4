export { changeListing } from "./life/change-listing.ts";
export { LISTING_VERBS } from "./life/listing-verbs.ts";
export { publishVersion } from "./publish-version.ts";
export { runChecks } from "./run-checks.ts";
export { submitPackage, type Submitted, type SubmitInput } from "./submit-package.ts";
export { completeUpload, createUpload } from "./uploads.ts";
export { validateUpload, type ValidateInput } from "./validate-upload.ts";
export { deleteVersion, deprecateVersion, undeprecateVersion, unyankVersion, yankVersion } from "./yank-version.ts";
