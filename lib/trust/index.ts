export { signatureInvalid } from "./errors.ts";
export { registrySigner, type RegistrySigner } from "./registry-key.ts";
export { addKey, listKeys, revokeKey } from "./signing-keys.ts";
export { verifyPublisherSignature, type SignatureVerdict } from "./verify-signature.ts";
