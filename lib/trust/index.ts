export { signatureInvalid } from "./errors.ts";
export { registrySigner, type RegistrySigner } from "./registry-key.ts";
export { addKey, listKeys, revokeKey } from "./signing-keys.ts";
export { verifyPublisherSignature, type SignatureVerdict } from "./verify-signature.ts";
export { recheckNameJob } from "./jobs.ts";
export { checkName, recheckName } from "./names/check-name.ts";
export { queueRechecks } from "./names/queue-rechecks.ts";
export { listNames, provenNames, publishersWithNames } from "./names/read-names.ts";
export { removeName, requestName } from "./names/request-name.ts";
