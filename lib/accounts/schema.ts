import { z } from "zod";

export {
  AssertionAnswer, FactorsView, PasskeyName, PasskeyView, RecoveryCodeText, RegistrationAnswer, TotpCode, TotpSetupView,
  type AssertionAnswerView, type FactorsSummaryView, type PasskeySummaryView, type RegistrationAnswerView, type TotpSetup,
} from "./factors/schema.ts";

export const INSTANCE_ROLES = ["reviewer", "security", "council", "administrator"] as const;
export type InstanceRole = (typeof INSTANCE_ROLES)[number];
export const PUBLISHER_ROLES = ["owner", "maintainer", "viewer"] as const;
export type PublisherRole = (typeof PUBLISHER_ROLES)[number];
export const TOKEN_SCOPES = ["publish", "yank", "keys", "read", "review:decide", "admin"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Whose view an administrator may choose to see: each of them may less. */
export const VIEW_ROLES = ["member", "reviewer", "security", "council"] as const;
export type ViewRole = (typeof VIEW_ROLES)[number];
export const ViewAsBody = z.object({ role: z.enum(VIEW_ROLES).nullable() });

/** The signed-in person as header and pages need it. */
export const Viewer = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  roles: z.array(z.enum(INSTANCE_ROLES)),
  publishers: z.array(z.object({ slug: z.string(), name: z.string(), role: z.enum(PUBLISHER_ROLES) })),
});
export type ViewerView = z.infer<typeof Viewer>;

export const TokenView = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(TOKEN_SCOPES)),
    /** Until when it has the scope `keys` besides, as a command line that was signed in has; null for what `scopes` says. */
    keysUntil: z.string().nullable(),
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    /** Network of the last use: /24 of IPv4, /48 of IPv6. */
    lastNetwork: z.string().nullable(),
    revokedAt: z.string().nullable(),
    /** Why the registry revoked it itself. */
    revokedReason: z.string().nullable(),
    /** Listings that it may change; empty for all of its owner's. */
    listings: z.array(z.string()),
  })
  .meta({ id: "Token" });
export type TokenSummaryView = z.infer<typeof TokenView>;

export const CreateTokenBody = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1),
  expiresInDays: z.number().int().min(1).max(90).default(90),
  listings: z.array(z.string().max(64)).max(50).default([]),
});

/** The run of a build workflow, as its verified identity told it: what stands with the versions that it published. */
export const WorkflowIdentity = z
  .object({
    provider: z.enum(["github", "gitlab", "generic"]),
    issuer: z.string(),
    repository: z.string(),
    /** The issuer's own numbers: a name may be given anew, a number is not. */
    repositoryId: z.string(),
    ownerId: z.string(),
    /** Path of the workflow's file, or a generic issuer's name for it. */
    workflow: z.string(),
    ref: z.string(),
    commit: z.string(),
    environment: z.string().nullable(),
    event: z.string(),
    selfHosted: z.boolean(),
    /** The run's page at the provider, where that is known. */
    runUrl: z.string().nullable(),
  })
  .meta({ id: "WorkflowIdentity" });
export type WorkflowIdentityView = z.infer<typeof WorkflowIdentity>;

export const LeakReportBody = z.object({ tokens: z.array(z.string().max(256)).min(1).max(100), source: z.string().trim().max(500).optional() });

/** What a command line may ask for; `admin` is given to nobody from afar. */
export const DEVICE_SCOPES = ["publish", "yank", "keys", "read", "review:decide"] as const satisfies readonly TokenScope[];
export const DeviceCodeBody = z.object({ client: z.string().trim().min(1).max(64), scopes: z.array(z.enum(DEVICE_SCOPES)).min(1).default(["publish", "read"]) });
/** RFC 8628, 3.2: the names are the standard's. */
export const DeviceCodeAnswer = z.object({ device_code: z.string(), user_code: z.string(), verification_uri: z.string(), verification_uri_complete: z.string(), expires_in: z.number().int(), interval: z.number().int() });
export type DeviceCodeView = z.infer<typeof DeviceCodeAnswer>;
export const DeviceTokenAnswer = z.object({ access_token: z.string(), token_type: z.literal("bearer"), expires_in: z.number().int(), scope: z.string() });
export const UserCodeBody = z.object({ userCode: z.string().max(32) });
/** What asks for a sign-in, as the person who is to approve it sees it. */
export const DeviceGrant = z.object({ userCode: z.string(), client: z.string(), scopes: z.array(z.enum(TOKEN_SCOPES)), network: z.string().nullable(), createdAt: z.string(), expiresAt: z.string() });
export type DeviceGrantView = z.infer<typeof DeviceGrant>;

export const MailChoiceBody = z.object({ muted: z.array(z.enum(["submissions", "team", "tokens"])).max(3) });

export const CreatePublisherBody = z.object({ slug: z.string(), name: z.string().trim().min(1).max(80) });


export const SessionSummary = z
  .object({
    id: z.string(),
    /** True for the session that asks. */
    current: z.boolean(),
    method: z.string(),
    device: z.string().nullable(),
    network: z.string().nullable(),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    expiresAt: z.string(),
  })
  .meta({ id: "Session" });
export type SessionSummaryView = z.infer<typeof SessionSummary>;

export const EndSessionsBody = z.object({ keepThis: z.boolean().default(true) });

export const IdentitySummary = z
  .object({ id: z.string(), provider: z.string(), providerName: z.string(), label: z.string().nullable(), createdAt: z.string(), lastUsedAt: z.string().nullable() })
  .meta({ id: "Identity" });
export type IdentitySummaryView = z.infer<typeof IdentitySummary>;

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

export const AccountProfile = z.object({ id: z.string(), email: z.string(), name: z.string().nullable(), language: z.enum(LANGUAGES) }).meta({ id: "Account" });
export type AccountProfileView = z.infer<typeof AccountProfile>;

export const AccountProfileBody = z.object({ name: z.string().trim().max(80).nullable().optional(), language: z.enum(LANGUAGES).optional() });

/** A change of address that waits for its confirmation. */
export const EmailChangeRequest = z.object({ email: z.string(), expiresAt: z.string() });
export type EmailChangeView = z.infer<typeof EmailChangeRequest>;

export const EmailBody = z.object({ email: z.string().max(256) });
export const OneTimeToken = z.object({ token: z.string().min(1).max(200) });
