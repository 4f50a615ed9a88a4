/** What the administrator's overview shows; the shape of `readInstance`. */
export interface InstanceView {
  policy: { name: string; revision: string };
  users: { email: string; roles: string[]; createdAt: string }[];
  publishers: { slug: string; name: string; members: number; listings: number }[];
  queue: { waiting: number; oldestSeconds: number | null };
  jobs: { name: string; queued: number; active: number; failed: number }[];
  storage: { objects: number; bytes: number; driver: string };
  mail: { id: string; to: string; subject: string; sentAt: string | null; createdAt: string }[];
  feed: { sequence: number; entries: number; bytes: number; builtAt: string } | null;
}
