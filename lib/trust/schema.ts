import { z } from "zod";

export const SigningKeyView = z
  .object({
    fingerprint: z.string(),
    format: z.enum(["openpgp", "ssh"]),
    algorithm: z.string(),
    bits: z.number().int().nullable(),
    curve: z.string().nullable(),
    userIds: z.array(z.string()),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    addedAt: z.string(),
    addedBy: z.string(),
    lastUsedAt: z.string().nullable(),
    revoked: z.object({ at: z.string(), reason: z.string(), compromisedSince: z.string().nullable() }).nullable(),
    /** The armored certificate, or the line of an OpenSSH key. */
    armored: z.string(),
  })
  .meta({ id: "SigningKey" });
export type SigningKeyDetailView = z.infer<typeof SigningKeyView>;

export const REVOCATION_REASONS = ["superseded", "retired", "compromised", "lost"] as const;
export const RevokeKeyBody = z.object({
  reason: z.enum(REVOCATION_REASONS),
  compromisedSince: z.iso.datetime().optional(),
});

export const NAME_METHODS = ["dns", "well-known"] as const;
export const NameBody = z.object({ domain: z.string().min(1).max(300), method: z.enum(NAME_METHODS) });

/** What stands where, and the command that shows it. */
export const ProofInstructions = z.object({ where: z.string(), kind: z.enum(["TXT", "file"]), value: z.string(), command: z.string() });
export type ProofInstructionsView = z.infer<typeof ProofInstructions>;

const Neighbours = z.object({
  /** Other publishers that proved the same domain. */
  alsoHeldBy: z.array(z.string()),
  /** Proven domains that could be mistaken for this one. */
  lookAlikes: z.array(z.string()),
});

/** A domain that a publisher showed to be its own. */
export const ProvenName = z
  .object({ domain: z.string(), unicode: z.string(), method: z.enum(NAME_METHODS), provenAt: z.string(), checkedAt: z.string(), proof: ProofInstructions, ...Neighbours.shape })
  .meta({ id: "ProvenName" });
export type ProvenNameView = z.infer<typeof ProvenName>;

/** A domain as the publisher's members see it, proven or not. `checkedAt` is when the proof was last found. */
export const NameDetail = z
  .object({
    id: z.string(),
    domain: z.string(),
    unicode: z.string(),
    method: z.enum(NAME_METHODS),
    state: z.enum(["waiting", "proven", "lost"]),
    proof: ProofInstructions,
    createdAt: z.string(),
    provenAt: z.string().nullable(),
    checkedAt: z.string().nullable(),
    lostAt: z.string().nullable(),
    failures: z.number().int(),
    lastError: z.string().nullable(),
    ...Neighbours.shape,
  })
  .meta({ id: "Name" });
export type NameDetailView = z.infer<typeof NameDetail>;
