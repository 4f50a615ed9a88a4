import { z } from "zod";

export const SigningKeyView = z
  .object({
    fingerprint: z.string(),
    format: z.enum(["openpgp"]),
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
    armored: z.string(),
  })
  .meta({ id: "SigningKey" });
export type SigningKeyDetailView = z.infer<typeof SigningKeyView>;

export const REVOCATION_REASONS = ["superseded", "retired", "compromised", "lost"] as const;
export const RevokeKeyBody = z.object({
  reason: z.enum(REVOCATION_REASONS),
  compromisedSince: z.iso.datetime().optional(),
});
