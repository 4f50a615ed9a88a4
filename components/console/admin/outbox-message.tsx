import { EmailAddress } from "#components/ui/email-address.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { OutboxMail } from "#components/console/admin/outbox-list.tsx";

const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

/** One message as plain text, its links alive. */
export function OutboxMessage({ mail }: { mail: OutboxMail }) {
  return (
    <Panel title={mail.subject} aside={<EmailAddress address={mail.to} />}>
      <p className="max-w-prose break-words whitespace-pre-line">
        {mail.text.split(ADDRESS).map((part, index) =>
          ADDRESS.test(part) ? (
            <a key={index} href={part} className="link break-all">
              {part}
            </a>
          ) : (
            part
          ),
        )}
      </p>
    </Panel>
  );
}
