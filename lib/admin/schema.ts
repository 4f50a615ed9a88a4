import { z } from "zod";
import type { InstanceRole } from "#lib/accounts/schema.ts";

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
  users: { email: string; roles: InstanceRole[]; createdAt: string }[];
  publishers: { slug: string; name: string; members: number; listings: number }[];
  /** `oldestSeconds` is the age of the submission that waits longest; null when none does. */
  queue: { waiting: number; oldestSeconds: number | null };
  jobs: { name: string; queued: number; active: number; failed: number }[];
  failedJobs: FailedJobView[];
  storage: { objects: number; bytes: number; driver: string };
  mail: { id: string; to: string; subject: string; sentAt: string | null; createdAt: string }[];
  /** Null until the first snapshot was built. */
  feed: { sequence: number; entries: number; bytes: number; builtAt: string } | null;
}
