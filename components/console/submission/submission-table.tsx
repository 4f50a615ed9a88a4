import Link from "next/link";
import { PackageOpen } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { StateBadge } from "#components/console/submission/state-badge.tsx";

/** A person's submissions with what happens next; the next step moves under the name where there is little room. */
export function SubmissionTable({ submissions }: { submissions: readonly SubmissionDetailView[] }) {
  if (submissions.length === 0) {
    return (
      <EmptyState icon={<PackageOpen aria-hidden />} title="Nothing submitted yet" actions={<LinkButton href="/publish" variant="primary">Publish something</LinkButton>}>
        <p>Each version you publish becomes a submission: its checks, its place in the queue and its decision stay here.</p>
      </EmptyState>
    );
  }
  return (
    <Table
      caption="Your submissions"
      head={
        <>
          <Th>Listing</Th>
          <Th>State</Th>
          <Th className="hidden md:table-cell">Next</Th>
          <Th className="hidden sm:table-cell">Updated</Th>
        </>
      }
    >
      {submissions.map((submission) => (
        <tr key={submission.id}>
          <Td>
            <Link href={`/submissions/${submission.id}`} className="link font-medium">
              {submission.name}
            </Link>
            <span className="block text-13 text-grey-11">
              <code className="break-all">
                {submission.listing} {submission.version}
              </code>{" "}
              by {submission.publisher.name}
            </span>
            <span className="mt-1 hidden text-13 text-grey-11 sm:block md:hidden">{submission.next}</span>
          </Td>
          <Td label="State">
            <StateBadge state={submission.state} />
          </Td>
          <Td label="Next" className="hidden max-w-96 text-grey-11 md:table-cell">{submission.next}</Td>
          <Td label="Updated" className="hidden whitespace-nowrap text-grey-11 sm:table-cell">
            <RelativeTime at={submission.updatedAt} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
