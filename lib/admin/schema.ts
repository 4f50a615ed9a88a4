import { z } from "zod";
import { INSTANCE_ROLES } from "#lib/accounts/schema.ts";
import { LastingReason } from "#lib/audit/schema.ts";

/** A background job that used up its attempts and waits for a person. */
export const FailedJobView = z
  .object({
    id: z.string(),
    name: z.string(),
    payload: z.unknown(),
    attempts: z.number().int(),
    createdAt: z.string(),
    failedAt: z.string().nullable(),
    /** What the last attempt died of, in one line. */
    reason: z.string(),
  })
  .meta({ id: "FailedJob" });
export type FailedJobView = z.infer<typeof FailedJobView>;

/** The instance as its administrator sees it: what decides, what waits, what runs, what is stored, who is here. */
export interface InstanceView {
  policy: { name: string; revision: string };
  /** The newest few of each; all of them stand on pages of their own. */
  users: AdminUserView[];
  publishers: AdminPublisherView[];
  mail: AdminMailView[];
  /** `oldestSeconds` is the age of the submission that waits longest; null when none does. */
  queue: { waiting: number; oldestSeconds: number | null };
  jobs: { name: string; queued: number; active: number; failed: number; oldestSeconds: number | null }[];
  failedJobs: FailedJobView[];
  storage: { objects: number; bytes: number; driver: string };
  /** Null until the first snapshot was built. */
  feed: { sequence: number; entries: number; bytes: number; builtAt: string } | null;
}

export const ReasonBody = z.object({ reason: LastingReason });
export const GrantBody = z.object({ role: z.enum(INSTANCE_ROLES), reason: LastingReason });
export const PolicyBody = z.object({ policy: z.string().max(40), reason: LastingReason });
export const AnnouncementBody = z.object({ tone: z.enum(["info", "warning"]).default("info"), text: z.string().trim().min(1).max(500), endsAt: z.iso.datetime().nullish() });
const cursor = z.string().max(64).optional();
const limit = z.coerce.number().int().min(1).max(100).default(50);
const search = z.string().max(200).transform((text) => text.replaceAll("\0", "").trim()).default("");

export const UsersQuery = z.object({ q: search, role: z.enum(INSTANCE_ROLES).optional(), state: z.enum(["active", "suspended", "deleted"]).optional(), cursor, limit });
export type UsersQueryInput = z.infer<typeof UsersQuery>;
export const AdminPublishersQuery = z.object({ q: search, state: z.enum(["active", "suspended"]).optional(), cursor, limit });
export type AdminPublishersQueryInput = z.infer<typeof AdminPublishersQuery>;
export const MailQuery = z.object({ state: z.enum(["waiting", "failed", "sent"]).optional(), cursor, limit });
export type MailQueryInput = z.infer<typeof MailQuery>;
export const AuditQuery = z.object({
  actor: z.string().max(36).optional(),
  subject: z.string().max(200).optional(),
  /** The beginning of an event's name, such as `accounts:` or `review:policy:set`. */
  name: z.string().max(60).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  cursor,
  limit,
  format: z.enum(["json", "jsonl"]).default("json"),
});
export type AuditQueryInput = z.infer<typeof AuditQuery>;

const ACCOUNT_STATES = ["active", "suspended", "deleted"] as const;
export const AdminUser = z
  .object({ id: z.string(), email: z.string(), name: z.string().nullable(), roles: z.array(z.enum(INSTANCE_ROLES)), state: z.enum(ACCOUNT_STATES), createdAt: z.string() })
  .meta({ id: "AdminUser" });
export type AdminUserView = z.infer<typeof AdminUser>;

export const AuditEventView = z.object({ id: z.string(), at: z.string(), name: z.string(), subject: z.string(), actor: z.string().nullable(), data: z.unknown() }).meta({ id: "AuditEvent" });
export type AuditEventView = z.infer<typeof AuditEventView>;

export const AdminUserDetail = AdminUser.extend({
  suspended: z.object({ at: z.string(), reason: z.string() }).nullable(),
  secondFactor: z.boolean(),
  sessions: z.array(z.object({ createdAt: z.string(), lastUsedAt: z.string().nullable(), method: z.string(), device: z.string().nullable() })),
  tokens: z.number().int(),
  publishers: z.array(z.object({ slug: z.string(), name: z.string(), role: z.string() })),
  events: z.array(AuditEventView),
}).meta({ id: "AdminUserDetail" });
export type AdminUserDetailView = z.infer<typeof AdminUserDetail>;

export const AdminPublisher = z
  .object({ slug: z.string(), name: z.string(), members: z.number().int(), listings: z.number().int(), createdAt: z.string(), suspended: z.object({ at: z.string(), reason: z.string() }).nullable() })
  .meta({ id: "AdminPublisher" });
export type AdminPublisherView = z.infer<typeof AdminPublisher>;

export const AdminMail = z
  .object({ id: z.string(), to: z.string(), event: z.string(), subject: z.string(), state: z.enum(["waiting", "failed", "sent"]), createdAt: z.string(), sentAt: z.string().nullable(), error: z.string().nullable() })
  .meta({ id: "AdminMail" });
export type AdminMailView = z.infer<typeof AdminMail>;
export const AdminMailDetail = AdminMail.extend({ text: z.string() }).meta({ id: "AdminMailDetail" });
export type AdminMailDetailView = z.infer<typeof AdminMailDetail>;

export const AnnouncementView = z.object({ id: z.string(), tone: z.enum(["info", "warning"]), text: z.string(), startsAt: z.string(), endsAt: z.string().nullable() }).meta({ id: "Announcement" });
export type AnnouncementView = z.infer<typeof AnnouncementView>;

export const StorageView = z
  .object({
    driver: z.string(),
    /** `counted` is false where only the first objects of a kind were counted. */
    kinds: z.array(z.object({ kind: z.string(), objects: z.number().int(), bytes: z.number().int(), counted: z.boolean() })),
    unreferenced: z.object({ objects: z.number().int(), bytes: z.number().int() }),
  })
  .meta({ id: "Storage" });
export type StorageView = z.infer<typeof StorageView>;

export const PolicyView = z
  .object({
    active: z.object({ name: z.string(), revision: z.string() }),
    /** Policies that can be set, why not where one cannot, and who would have to set up a second factor first. */
    choices: z.array(z.object({ name: z.string(), deciders: z.array(z.enum(INSTANCE_ROLES)), people: z.number().int(), needed: z.number().int(), withoutFactor: z.array(z.string()) })),
  })
  .meta({ id: "Policy" });
export type PolicyView = z.infer<typeof PolicyView>;
