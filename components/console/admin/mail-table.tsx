import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { InstanceView } from "#components/console/admin/instance.ts";

/** The last messages the registry wrote, and whether they left. */
export function MailTable({ mail }: { mail: InstanceView["mail"] }) {
  return (
    <div className="flex flex-col gap-2">
      <h2 className="text-16 font-semibold">
        Mail
      </h2>
      {mail.length === 0 ? (
        <EmptyState title="No mail yet">Sign-in links and decisions on submissions are sent by mail; the last ones are listed here.</EmptyState>
      ) : (
        <Table
          caption="Mail"
          head={
            <>
              <Th>Subject</Th>
              <Th>To</Th>
              <Th>Written</Th>
              <Th>Sent</Th>
            </>
          }
        >
          {mail.map((message) => (
            <tr key={message.id}>
              <Td>{message.subject}</Td>
              <Td className="break-all">{message.to}</Td>
              <Td className="whitespace-nowrap text-grey-11">
                <RelativeTime at={message.createdAt} />
              </Td>
              <Td className="whitespace-nowrap text-grey-11">{message.sentAt === null ? "waiting" : <RelativeTime at={message.sentAt} />}</Td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}
