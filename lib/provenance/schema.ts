import { z } from "zod";

/** Most bytes of an attestation: a Sigstore bundle has some ten thousand. */
export const MAX_ATTESTATION_BYTES = 256 * 1024;
export const ATTESTATION_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

/** What a build system's attestation proves of a version's bytes, verified on arrival: SLSA provenance, by the certificate that signed it. */
export const Provenance = z
  .object({
    predicateType: z.string(),
    /** Whoever vouched for the build's identity. */
    issuer: z.string(),
    repository: z.string(),
    repositoryId: z.string(),
    commit: z.string(),
    ref: z.string().nullable(),
    /** The workflow's file at its commit. */
    workflow: z.string(),
    /** What the build was signed by: its file, or a called one that alone could reach the key. */
    builder: z.string(),
    event: z.string(),
    selfHosted: z.boolean(),
    runUrl: z.string().nullable(),
    /** Place in the transparency log; null where only a timestamp authority saw it. */
    logIndex: z.string().nullable(),
    verifiedAt: z.string(),
  })
  .meta({ id: "Provenance" });
export type ProvenanceView = z.infer<typeof Provenance>;
