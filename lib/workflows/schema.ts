import { z } from "zod";
import { WorkflowIdentity } from "#lib/accounts/schema.ts";

export const PROVIDERS = ["github", "gitlab", "generic"] as const;

const Numeric = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/, "The issuer's own number, such as 123456.");
/** Nothing that hides or breaks what stands around it. */
const plain = (most: number) => z.string().trim().min(1).max(most).regex(/^[\x21-\x7e]+$/, "Only visible ASCII characters, without spaces.");

export const TrustWorkflowBody = z.object({
  issuer: z.url().max(300),
  repository: plain(200).regex(/^[^/\s]+(\/[^/\s]+)+$/, "The repository as `owner/name`."),
  workflow: plain(200),
  environment: z.string().trim().min(1).max(255).regex(/^[\x20-\x7e]+$/, "Only visible ASCII characters.").nullish(),
  /** A full ref, or the beginning of one before a single `*` at the end. */
  ref: plain(255).regex(/^refs\/(heads|tags)\/[^*]*\*?$/, "A full ref such as `refs/heads/main`, with at most one `*`, at the end.").nullish(),
  listing: z.string().max(64).nullish(),
  selfHosted: z.boolean().default(false),
  ownerId: Numeric.nullish(),
  repositoryId: Numeric.nullish(),
});
export type TrustWorkflowInput = z.infer<typeof TrustWorkflowBody>;

export const TrustedWorkflowView = z
  .object({
    id: z.string(),
    provider: z.enum(PROVIDERS),
    issuer: z.string(),
    repository: z.string(),
    workflow: z.string(),
    environment: z.string().nullable(),
    ref: z.string().nullable(),
    /** Null: every listing of the publisher. */
    listing: z.string().nullable(),
    /** True while the listing that it is for does not exist. */
    pending: z.boolean(),
    selfHosted: z.boolean(),
    ownerId: z.string().nullable(),
    repositoryId: z.string().nullable(),
    /** `resting`: the owner in whose name it publishes is none any more; another confirms it. */
    state: z.enum(["active", "resting"]),
    addedBy: z.string().nullable(),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: "TrustedWorkflow" });
export type TrustedWorkflowDetail = z.infer<typeof TrustedWorkflowView>;

export const ExchangeBody = z.object({
  token: z.string().min(1).max(16_384),
  /** Needed only where several publishers trust the same workflow. */
  publisher: z.string().max(64).nullish(),
});
export const ExchangeAnswer = z
  .object({ token: z.string(), expiresAt: z.string(), publisher: z.string(), listings: z.array(z.string()), scopes: z.array(z.string()), identity: WorkflowIdentity })
  .meta({ id: "WorkflowToken" });
export type ExchangeView = z.infer<typeof ExchangeAnswer>;
