import Link from "next/link";
import { EmailAddress } from "#components/ui/email-address.tsx";
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
              <Th>To</Th>
              <Th>Written</Th>
              <Th>Sent</Th>
            </>
          }
        >
          {mail.map((message) => (
            <tr key={message.id}>
              <Td className="min-w-40">{message.subject}</Td>
              <Td label="To" className="min-w-40">
                <EmailAddress address={message.to} />
              </Td>
              <Td label="Written" className="whitespace-nowrap text-grey-11">
                <RelativeTime at={message.createdAt} />
              </Td>
              <Td label="Sent" className="whitespace-nowrap text-grey-11"><MailState sentAt={message.sentAt} delivery={delivery} id={message.id} /></Td>
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
