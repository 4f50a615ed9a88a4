import { activePolicy } from "#lib/accounts/index.ts";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { WAITING_STATES } from "#lib/submissions/index.ts";
import { listFailedJobs } from "./failed-jobs.ts";
import type { InstanceView } from "./schema.ts";

const SHOWN = 100;

/** What an administrator sees first: policy, queues, storage, people, mail and the feed. */
export async function readInstance(deps: Deps): Promise<InstanceView> {
  const { db } = deps;
  const [policy, users, publishers, queue, jobs, failedJobs, artifacts, mail, feed] = await Promise.all([
    activePolicy(db),
    db.user.findMany({ include: { roles: true }, orderBy: { createdAt: "asc" }, take: SHOWN }),
    db.publisher.findMany({ include: { _count: { select: { members: true, listings: true } } }, orderBy: { slug: "asc" }, take: SHOWN }),
    db.submission.aggregate({ where: { state: { in: [...WAITING_STATES] } }, _count: true, _min: { queuedAt: true } }),
    deps.queue.counts(),
    listFailedJobs(deps),
    db.artifact.aggregate({ _count: true, _sum: { size: true } }),
    db.mail.findMany({ orderBy: { createdAt: "desc" }, take: 20 }),
    db.feedSnapshot.findFirst({ orderBy: { seq: "desc" } }),
  ]);
  const oldest = queue._min.queuedAt;
  return {
    policy: { name: policy.name, revision: policy.pinned },
    users: users.map((user) => ({ email: user.email, roles: user.roles.map((row) => row.role as InstanceRole), createdAt: user.createdAt.toISOString() })),
    publishers: publishers.map((row) => ({ slug: row.slug, name: row.name, members: row._count.members, listings: row._count.listings })),
    queue: { waiting: queue._count, oldestSeconds: oldest === null ? null : Math.max(0, Math.floor((Date.now() - oldest.getTime()) / 1000)) },
    jobs,
    failedJobs,
    storage: { objects: artifacts._count, bytes: artifacts._sum.size ?? 0, driver: deps.store.kind },
    mail: mail.map((row) => ({ id: row.id, to: row.to, subject: row.subject, sentAt: row.sentAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString() })),
    feed: feed === null ? null : { sequence: Number(feed.seq), entries: feed.entries, bytes: feed.size, builtAt: feed.builtAt.toISOString() },
  };
}
