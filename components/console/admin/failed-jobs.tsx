import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { FailedJobView } from "#lib/admin/schema.ts";
import { RequestButton } from "#components/console/request-button.tsx";

/** Jobs that used up their attempts: what each was, what it died of, and one more try. Nothing is drawn while there is none. */
export function FailedJobs({ jobs }: { jobs: readonly FailedJobView[] }) {
  if (jobs.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <h2 className="text-16 font-semibold">Jobs that gave up</h2>
      <p className="max-w-prose text-14 text-grey-11">They used up their attempts and wait for a person. Mend the cause first; a job that is tried again starts at once. After a fortnight they leave this list.</p>
      <Table
        caption="Jobs that gave up"
        head={
          <>
            <Th>Job</Th>
            <Th>Reason</Th>
            <Th className="text-right">Attempts</Th>
            <Th>Gave up</Th>
            <Th>
              <span className="sr-only">Action</span>
            </Th>
          </>
        }
      >
        {jobs.map((job) => (
          <tr key={job.id}>
            <Td className="min-w-40">
              <code className="text-13">{job.name}</code>
              <code className="block text-13 break-all text-grey-11">{JSON.stringify(job.payload)}</code>
            </Td>
            <Td label="Reason" className="min-w-60 break-words">{job.reason}</Td>
            <Td label="Attempts" className="text-right font-mono text-13 tabular-nums">{job.attempts}</Td>
            <Td label="Gave up" className="whitespace-nowrap text-grey-11">{job.failedAt === null ? "unknown" : <RelativeTime at={job.failedAt} />}</Td>
            <Td className="text-right">
              <RequestButton label="Try again" name={`Try ${job.name} again`} path={`/api/v1/admin/jobs/${job.id}/retry`} />
            </Td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
