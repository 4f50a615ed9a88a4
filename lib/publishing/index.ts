export { publishVersion } from "./publish-version.ts";
export { runChecks } from "./run-checks.ts";
export { submitPackage, type Submitted, type SubmitInput } from "./submit-package.ts";
export { completeUpload, createUpload } from "./uploads.ts";
export { validateUpload, type ValidateInput } from "./validate-upload.ts";
export { deprecateVersion, unyankVersion, yankVersion } from "./yank-version.ts";
