export { RELEASE_EVENTS } from "./release-events.ts";
export { verifyAttestation } from "./verify-attestation.ts";
