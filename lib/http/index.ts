export { clientAddress, trustedProxies } from "./client-address.ts";
export { matchesEtag } from "./conditional.ts";
export { badRequest, ERRORS, invalidInput, notFound, RegistryError, type ErrorCode, type ErrorExtra } from "./errors.ts";
export { problemDocument, problemResponse } from "./problem.ts";
export { receiveMultipart } from "./receive-multipart.ts";
export { registerUpload, stagedUpload, type StagedUpload } from "./staged-uploads.ts";
export { countInMemory, LIMITS, type LimitName } from "./read-limits.ts";
export { countInDatabase } from "./write-limits.ts";
