import Link from "next/link";
import { Mail } from "lucide-react";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";

export interface OutboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: string;
}

/** Messages that were kept instead of sent, newest first; each opens beside the list. */
export function OutboxList({ mails, open }: { mails: readonly OutboxMail[]; open: string | null }) {
  if (mails.length === 0) {
    return (
      <EmptyState icon={<Mail aria-hidden />} title="No message yet">
        Ask for a sign-in link, and it is here a moment later.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Messages" className="divide-y rounded-md border bg-panel">
      {mails.map((mail) => (
        <li key={mail.id}>
          <Link
            href={`/outbox?mail=${mail.id}`}
            aria-current={mail.id === open ? "true" : undefined}
            className={joinClasses("flex flex-col gap-0.5 px-4 py-3 focus-visible:-outline-offset-2", mail.id === open ? "bg-grey-3" : "hover:bg-grey-2")}
          >
            <span className="font-medium">{mail.subject}</span>
            <span className="text-13 text-grey-11">
              to <EmailAddress address={mail.to} />, <RelativeTime at={mail.createdAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
