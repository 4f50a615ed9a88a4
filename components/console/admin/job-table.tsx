import { describeDuration } from "#components/ui/describe-age.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { InstanceView } from "#lib/admin/schema.ts";

/** Background jobs by name: what waits, what runs, what gave up. */
export function JobTable({ jobs }: { jobs: InstanceView["jobs"] }) {
  if (jobs.length === 0) return <EmptyState title="No job has run yet">Checks, publications, the feed and mail run as jobs in the worker; they are counted here.</EmptyState>;
  return (
    <Table
      caption="Jobs"
      head={
        <>
          <Th>Job</Th>
          <Th className="text-right">Waiting</Th>
          <Th className="text-right">Running</Th>
          <Th className="text-right">Failed</Th>
          <Th className="text-right">Oldest waits</Th>
        </>
      }
    >
      {jobs.map((job) => (
        <tr key={job.name}>
          <Td>
            <code className="text-13">{job.name}</code>
          </Td>
          <Td label="Waiting" className="text-right font-mono text-13 tabular-nums">{job.queued}</Td>
          <Td label="Running" className="text-right font-mono text-13 tabular-nums">{job.active}</Td>
          <Td label="Failed" className={job.failed > 0 ? "text-right font-mono text-13 font-medium text-red-ink tabular-nums" : "text-right font-mono text-13 tabular-nums"}>{job.failed}</Td>
          <Td label="Oldest waits" className="text-right whitespace-nowrap text-grey-11">{job.oldestSeconds === null ? "nothing waits" : describeDuration(job.oldestSeconds)}</Td>
        </tr>
      ))}
    </Table>
  );
}
