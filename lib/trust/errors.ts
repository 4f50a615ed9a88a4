import { RegistryError } from "#lib/http/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";

export const keyInvalid = (errors: ProblemView[]) => new RegistryError("key-invalid", errors[0]?.detail ?? "The certificate cannot be used.", { errors });
export const keyTaken = (fingerprint: string) => new RegistryError("key-taken", `The key \`${fingerprint}\` is registered already; a key belongs to one publisher.`);
export const keyMissing = (fingerprint: string) => new RegistryError("not-found", `No key with the fingerprint \`${fingerprint}\` is registered here.`);
export const signatureInvalid = (errors: ProblemView[]) => new RegistryError("signature-invalid", errors[0]?.detail ?? "The signature does not hold.", { errors });
