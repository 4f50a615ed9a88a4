import { z } from "zod";
import { PUBLISHER_ROLES } from "#lib/accounts/schema.ts";
import { LastingReason } from "#lib/audit/schema.ts";

const reason = z.string().trim().min(1, "Give a reason.").max(1000);

export const MemberView = z.object({ id: z.string(), email: z.string(), name: z.string().nullable(), role: z.enum(PUBLISHER_ROLES), since: z.string() }).meta({ id: "Member" });
export type MemberDetailView = z.infer<typeof MemberView>;
export const InviteBody = z.object({ email: z.email().max(254), role: z.enum(PUBLISHER_ROLES) });
export const RoleBody = z.object({ role: z.enum(PUBLISHER_ROLES) });

/** Absent leaves as it is, null clears. */
export const ProfileBody = z.object({ name: z.string().trim().min(1).max(80).optional(), description: z.string().trim().max(1000).nullish(), website: z.string().trim().max(300).nullish() });
export const ProfileView = z.object({ slug: z.string(), name: z.string(), description: z.string().nullable(), website: z.string().nullable() }).meta({ id: "PublisherProfile" });
export type PublisherProfileView = z.infer<typeof ProfileView>;

/** "void": whoever sent it is no owner any more, so that it cannot be accepted. */
export const INVITATION_STATES = ["open", "expired", "void"] as const;
export const InvitationView = z
  .object({ id: z.string(), publisher: z.object({ slug: z.string(), name: z.string() }), email: z.string(), role: z.enum(PUBLISHER_ROLES), invitedBy: z.string().nullable(), createdAt: z.string(), expiresAt: z.string(), state: z.enum(INVITATION_STATES) })
  .meta({ id: "Invitation" });
export type InvitationDetailView = z.infer<typeof InvitationView>;
/** The mailed token, or the id of an invitation to the account's own address. */
export const AnswerInvitationBody = z.union([z.strictObject({ token: z.string().min(1).max(200) }), z.strictObject({ id: z.uuid() })]);

/** Which page of a list. */
export const PageQuery = z.object({ cursor: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });

export const OfferBody = z.object({ to: z.string().min(1).max(64), reason });
export const TransferView = z
  .object({
    id: z.string(),
    listing: z.object({ id: z.string(), name: z.string() }),
    from: z.object({ slug: z.string(), name: z.string() }),
    to: z.object({ slug: z.string(), name: z.string() }),
    cause: z.enum(["offer", "claim"]),
    reason: z.string(),
    state: z.enum(["open", "accepted", "declined", "withdrawn", "expired"]),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: "Transfer" });
export type TransferDetailView = z.infer<typeof TransferView>;

export const CLAIM_KINDS = ["listing", "publisher"] as const;
export const ClaimBody = z.object({ kind: z.enum(CLAIM_KINDS), subject: z.string().min(1).max(64), publisher: z.string().max(64).optional(), evidence: z.string().trim().min(1, "Say why the name should be yours.").max(2000) });
export const ObjectBody = z.object({ reason });
export const DecideClaimBody = z.object({ grant: z.boolean(), reason: LastingReason });
export const ClaimQuery = PageQuery.extend({ queue: z.enum(["mine", "held", "open"]).default("mine") });
export type ClaimQueryInput = z.infer<typeof ClaimQuery>;
export const ClaimView = z
  .object({
    id: z.string(),
    kind: z.enum(CLAIM_KINDS),
    subject: z.string(),
    /** The publisher that claims a listing. */
    publisher: z.string().nullable(),
    /** Who filed it, as pages name them. */
    claimant: z.string(),
    evidence: z.string(),
    createdAt: z.string(),
    /** Until when whoever holds the name may object; a publisher's name is not decided on before. */
    noticeUntil: z.string(),
    objection: z.object({ at: z.string(), reason: z.string() }).nullable(),
    decision: z.object({ at: z.string(), granted: z.boolean(), reason: z.string() }).nullable(),
  })
  .meta({ id: "Claim" });
export type ClaimDetailView = z.infer<typeof ClaimView>;
