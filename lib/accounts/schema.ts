import { z } from "zod";

export const INSTANCE_ROLES = ["reviewer", "security", "council", "administrator"] as const;
export type InstanceRole = (typeof INSTANCE_ROLES)[number];
export const PUBLISHER_ROLES = ["owner", "maintainer", "viewer"] as const;
export type PublisherRole = (typeof PUBLISHER_ROLES)[number];
export const TOKEN_SCOPES = ["publish", "yank", "keys", "read", "review:decide", "admin"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

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
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: "Token" });
export type TokenSummaryView = z.infer<typeof TokenView>;

export const CreateTokenBody = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1),
  expiresInDays: z.number().int().min(1).max(90).default(90),
});

export const CreatePublisherBody = z.object({ slug: z.string(), name: z.string().trim().min(1).max(80) });

export const MemberView = z.object({ email: z.string(), name: z.string().nullable(), role: z.enum(PUBLISHER_ROLES), since: z.string() }).meta({ id: "Member" });
