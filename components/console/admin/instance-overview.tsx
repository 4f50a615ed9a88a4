import Link from "next/link";
import { describeDuration } from "#components/ui/describe-age.ts";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { describeBytes, describeCount } from "#components/console/describe-amount.ts";
import type { InstanceView } from "#components/console/admin/instance.ts";
import { FailedJobs } from "#components/console/admin/failed-jobs.tsx";
import { JobTable } from "#components/console/admin/job-table.tsx";
import { MailTable } from "#components/console/admin/mail-table.tsx";
import { PeopleTable } from "#components/console/admin/people-table.tsx";
import { PublisherTable } from "#components/console/admin/publisher-table.tsx";

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
      <JobTable jobs={instance.jobs} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <PeopleTable people={instance.users} />
        <PublisherTable publishers={instance.publishers} />
      </div>
      <MailTable mail={instance.mail} delivery={delivery} />
    </div>
  );
}
