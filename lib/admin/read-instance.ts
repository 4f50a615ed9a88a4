import { activePolicy } from "#lib/accounts/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { WAITING_STATES } from "#lib/submissions/index.ts";
import { listFailedJobs } from "./failed-jobs.ts";
import { listMail } from "./read-mail.ts";
import { listPublishers } from "./read-publishers.ts";
import { listUsers } from "./read-users.ts";
import { AdminPublishersQuery, MailQuery, UsersQuery, type InstanceView } from "./schema.ts";

const NEWEST = { limit: 5 };

/** What an administrator sees first: policy, queues, storage, people, mail and the feed. */
export async function readInstance(deps: Deps): Promise<InstanceView> {
  const { db } = deps;
  const [policy, users, publishers, queue, jobs, failedJobs, artifacts, mail, feed] = await Promise.all([
    activePolicy(db),
    listUsers(deps, UsersQuery.parse(NEWEST)),
    listPublishers(deps, AdminPublishersQuery.parse(NEWEST)),
    db.submission.aggregate({ where: { state: { in: [...WAITING_STATES] } }, _count: true, _min: { queuedAt: true } }),
    deps.queue.counts(),
    listFailedJobs(deps),
    db.artifact.aggregate({ _count: true, _sum: { size: true } }),
    listMail(deps, MailQuery.parse(NEWEST)),
    db.feedSnapshot.findFirst({ orderBy: { seq: "desc" } }),
  ]);
  const oldest = queue._min.queuedAt;
  return {
    policy: { name: policy.name, revision: policy.pinned },
    users: users.items,
    publishers: publishers.items,
    mail: mail.items,
    queue: { waiting: queue._count, oldestSeconds: oldest === null ? null : Math.max(0, Math.floor((Date.now() - oldest.getTime()) / 1000)) },
    jobs,
    failedJobs,
    storage: { objects: artifacts._count, bytes: artifacts._sum.size ?? 0, driver: deps.store.kind },
    feed: feed === null ? null : { sequence: Number(feed.seq), entries: feed.entries, bytes: feed.size, builtAt: feed.builtAt.toISOString() },
  };
}
