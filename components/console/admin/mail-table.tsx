import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { InstanceView } from "#components/console/admin/instance.ts";

/** The last messages the registry wrote, and whether they left. */
export function MailTable({ mail, delivery }: { mail: InstanceView["mail"]; delivery: "smtp" | "outbox" }) {
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
              <Th className="hidden sm:table-cell">To</Th>
              <Th className="hidden sm:table-cell">Written</Th>
              <Th>Sent</Th>
            </>
          }
        >
          {mail.map((message) => (
            <tr key={message.id}>
              <Td className="min-w-40">
                {message.subject}
                <span className="block text-13 break-all text-grey-11 sm:hidden">to {message.to}</span>
              </Td>
              <Td className="hidden break-all sm:table-cell">{message.to}</Td>
              <Td className="hidden whitespace-nowrap text-grey-11 sm:table-cell">
                <RelativeTime at={message.createdAt} />
              </Td>
              <Td className="whitespace-nowrap text-grey-11"><MailState sentAt={message.sentAt} delivery={delivery} id={message.id} /></Td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}

function MailState({ sentAt, delivery, id }: { sentAt: string | null; delivery: "smtp" | "outbox"; id: string }) {
  if (sentAt === null) return "waiting";
  if (delivery === "smtp") return <RelativeTime at={sentAt} />;
  return (
    <Link href={`/outbox?mail=${id}`} className="link">
      kept in the outbox
    </Link>
  );
}
