import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AuditEventView } from "#lib/admin/schema.ts";
import { IdLink } from "#components/console/admin/id-link.tsx";
import { addressOf } from "#components/console/admin/filter-form.tsx";

/** Events of the audit trail; actor and subject lead to what else they did and met. */
export function EventTable({ events }: { events: readonly AuditEventView[] }) {
  if (events.length === 0) return <EmptyState title="No event matches">Every change writes one event, in the transaction of the change.</EmptyState>;
  return (
    <Table
      caption="Events"
      head={
        <>
          <Th>When</Th>
          <Th>What</Th>
          <Th>To</Th>
          <Th>By</Th>
        </>
      }
    >
      {events.map((event) => (
        <tr key={event.id}>
          <Td className="whitespace-nowrap text-grey-11">
            <RelativeTime at={event.at} />
          </Td>
          <Td label="What" className="min-w-48">
            <code className="text-13">{event.name}</code>
            {JSON.stringify(event.data) === "{}" ? null : <code className="block text-12 wrap-anywhere text-grey-11">{JSON.stringify(event.data)}</code>}
          </Td>
          <Td label="To" className="min-w-40">
            <IdLink id={event.subject} href={addressOf("/admin/audit", { subject: event.subject })} />
          </Td>
          <Td label="By" className="whitespace-nowrap">
            {event.actor === null ? (
              <span className="text-grey-11">the registry</span>
            ) : (
              <IdLink id={event.actor} href={`/admin/users/${event.actor}`} />
            )}
          </Td>
        </tr>
      ))}
    </Table>
  );
}
