import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AdminPublisherView } from "#lib/admin/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";

const HEAD = (
  <>
    <Th>Publisher</Th>
    <Th className="text-right">Members</Th>
    <Th className="text-right">Listings</Th>
    <Th>Since</Th>
    <Th>Standing</Th>
    <Th>
      <span className="sr-only">Action</span>
    </Th>
  </>
);

/** Publishers with their standing, and the way to change it. */
export function PublisherTable({ publishers }: { publishers: readonly AdminPublisherView[] }) {
  if (publishers.length === 0) return <EmptyState title="No publisher matches">Part of a slug or a name finds a publisher.</EmptyState>;
  return (
    <Table caption="Publishers" head={HEAD}>
      {publishers.map((publisher) => (
        <tr key={publisher.slug}>
          <Td className="min-w-40">
            <Link href={`/publishers/${publisher.slug}`} className="link">
              {publisher.name}
            </Link>{" "}
            <code className="text-12 text-grey-11">{publisher.slug}</code>
          </Td>
          <Td label="Members" className="text-right font-mono text-13 tabular-nums">{publisher.members}</Td>
          <Td label="Listings" className="text-right font-mono text-13 tabular-nums">{publisher.listings}</Td>
          <Td label="Since" className="whitespace-nowrap text-grey-11">
            <RelativeTime at={publisher.createdAt} />
          </Td>
          <Td label="Standing" className="min-w-40">
            {publisher.suspended === null ? (
              <span className="text-grey-11">active</span>
            ) : (
              <>
                <Badge tone="red">suspended</Badge>
                <span className="block text-13 wrap-anywhere text-grey-11">{publisher.suspended.reason}</span>
              </>
            )}
          </Td>
          <Td className="text-right">
            <Change publisher={publisher} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function Change({ publisher: { slug, suspended } }: { publisher: AdminPublisherView }) {
  const path = `/api/v1/admin/publishers/${slug}`;
  if (suspended !== null) return <ConfirmButton label="Restore" name={`Restore: ${slug}`} title={`Restore ${slug}?`} description="Everything of it is given out again. The reason stands in the public record." path={`${path}/restore`} reason="audited" />;
  return <ConfirmButton danger label="Suspend" name={`Suspend: ${slug}`} title={`Suspend ${slug}?`} description="Its listings leave search, the feed and every download within ten seconds. Nothing is deleted. The reason stands in the public record, for ever." path={`${path}/suspend`} reason="audited" />;
}
