import { RegistryError } from "#lib/http/index.ts";

/** What can be wrong with an attestation; the part behind `attestation.` of a problem's code. */
export type AttestationFault = "malformed" | "too-large" | "no-trust-root" | "unverified" | "wrong-kind" | "other-subject" | "identity" | "event" | "other-run";

export const attestationInvalid = (fault: AttestationFault, detail: string, suggestion: string | null = null) =>
  new RegistryError("attestation-invalid", detail, { errors: [{ code: `attestation.${fault}`, severity: "B", check: "attestation", file: null, line: null, column: null, pointer: "/attestation", detail, suggestion }] });
