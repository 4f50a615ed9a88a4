import Link from "next/link";
import type { ReactNode } from "react";
import { describeDuration } from "#components/ui/describe-age.ts";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { describeBytes, describeCount } from "#components/console/describe-amount.ts";
import type { InstanceView } from "#lib/admin/schema.ts";
import { FailedJobs } from "#components/console/admin/failed-jobs.tsx";
import { JobTable } from "#components/console/admin/job-table.tsx";
import { MailTable } from "#components/console/admin/mail-table.tsx";
import { PublisherTable } from "#components/console/admin/publisher-table.tsx";
import { UserTable } from "#components/console/admin/user-table.tsx";

/** The whole instance on one page: what decides, what waits, what runs, what is stored, who is here. */
export function InstanceOverview({ instance, delivery }: { instance: InstanceView; delivery: "smtp" | "outbox" }) {
  const { policy, queue, storage, feed } = instance;
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Panel title="Policy">
          <Facts facts={[{ label: "Active", value: <code>{policy.name}</code> }, { label: "Revision", value: <code className="break-all">{policy.revision}</code> }]} />
        </Panel>
        <Panel title="Review queue" aside={<Link href="/review" className="link">Open</Link>}>
          <Facts facts={[{ label: "Waiting", value: describeCount(queue.waiting, "submission") }, { label: "Oldest", value: queue.oldestSeconds === null ? "nothing waits" : `waits ${describeDuration(queue.oldestSeconds)}` }]} />
        </Panel>
        <Panel title="Feed" aside={<Link href="/api/feed.json" prefetch={false} className="link">Open</Link>}>
          {feed === null ? (
            <p className="text-grey-11">Not built yet. The worker builds it at the first publication.</p>
          ) : (
            <Facts facts={[{ label: `Sequence ${feed.sequence}`, value: `${describeCount(feed.entries, "entry", "entries")}, ${describeBytes(feed.bytes)}` }, { label: "Built", value: <RelativeTime at={feed.builtAt} /> }]} />
          )}
        </Panel>
        <Panel title="Storage">
          <Facts facts={[{ label: "Held", value: `${describeCount(storage.objects, "object")}, ${describeBytes(storage.bytes)}` }, { label: "Driver", value: <code>{storage.driver}</code> }]} />
        </Panel>
      </div>
      <FailedJobs jobs={instance.failedJobs} />
      <div className="flex min-w-0 flex-col gap-2">
        <h2 className="text-16 font-semibold">Jobs</h2>
        <JobTable jobs={instance.jobs} />
      </div>
      <Newest title="Users" href="/admin/users">
        <UserTable users={instance.users} />
      </Newest>
      <Newest title="Publishers" href="/admin/publishers">
        <PublisherTable publishers={instance.publishers} />
      </Newest>
      <Newest title="Mail" href="/admin/mail" note={delivery === "smtp" ? null : <Link href="/outbox" className="link">Kept in the outbox</Link>}>
        <MailTable mails={instance.mail} delivery={delivery} />
      </Newest>
    </div>
  );
}

function Newest({ title, href, note = null, children }: { title: string; href: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 className="text-16 font-semibold">{title}</h2>
        <span className="flex gap-x-4 text-13 text-grey-11">
          the newest
          <Link href={href} className="link">
            All {title.toLowerCase()}
          </Link>
          {note}
        </span>
      </div>
      {children}
    </div>
  );
}
