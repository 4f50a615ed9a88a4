import { Badge } from "#components/ui/badge.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AdminMailView } from "#lib/admin/schema.ts";
import { ShowMail } from "#components/console/admin/show-mail.tsx";
import { RequestButton } from "#components/console/request-button.tsx";

/** Without a mail server a message goes no further than the outbox: nobody got it. */
function shownState(state: AdminMailView["state"], delivery: "smtp" | "outbox"): { tone: "neutral" | "red" | "green"; word: string } {
  if (state === "waiting") return { tone: "neutral", word: "waiting" };
  if (state === "failed") return { tone: "red", word: "failed" };
  return delivery === "smtp" ? { tone: "green", word: "sent" } : { tone: "neutral", word: "in the outbox" };
}

const HEAD = (
  <>
    <Th>Subject</Th>
    <Th>To</Th>
    <Th>Written</Th>
    <Th>State</Th>
    <Th>
      <span className="sr-only">Action</span>
    </Th>
  </>
);

/** Messages with their state; the text of one is fetched when it is asked for. */
export function MailTable({ mails, delivery }: { mails: readonly AdminMailView[]; delivery: "smtp" | "outbox" }) {
  if (mails.length === 0) return <EmptyState title="No message to show">Sign-in links, decisions and what concerns an account are sent by mail.</EmptyState>;
  return (
    <Table caption="Mail" head={HEAD}>
      {mails.map((mail) => (
        <tr key={mail.id}>
          <Td className="min-w-40">{mail.subject}</Td>
          <Td label="To" className="min-w-40">
            <EmailAddress address={mail.to} />
          </Td>
          <Td label="Written" className="whitespace-nowrap text-grey-11">
            <RelativeTime at={mail.createdAt} />
          </Td>
          <Td label="State">
            <Badge tone={shownState(mail.state, delivery).tone}>{shownState(mail.state, delivery).word}</Badge>
            {mail.error === null ? null : <span className="block max-w-80 text-13 wrap-anywhere text-grey-11">{mail.error}</span>}
          </Td>
          <Td className="text-right">
            <span className="flex flex-wrap gap-2 sm:justify-end">
              <ShowMail id={mail.id} subject={mail.subject} />
              {mail.state === "sent" ? null : <RequestButton label="Try again" name={`Send “${mail.subject}” again`} path={`/api/v1/admin/mail/${mail.id}/retry`} />}
            </span>
          </Td>
        </tr>
      ))}
    </Table>
  );
}
