import { MailPlus } from "lucide-react";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";
import type { InvitationDetailView } from "#lib/teams/schema.ts";

/** Invitations that a publisher sent and nobody answered. */
export function InvitationList({ slug, invitations }: { slug: string; invitations: readonly InvitationDetailView[] }) {
  if (invitations.length === 0) {
    return (
      <EmptyState icon={<MailPlus aria-hidden />} title="No open invitations">
        <p>Whoever you invite gets a mail with a link; they stand here until they answer.</p>
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col divide-y rounded-md border bg-panel">
      {invitations.map((invitation) => (
        <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
          <div className="min-w-0">
            <p className="font-medium">
              <EmailAddress address={invitation.email} />
            </p>
            <p className="text-13 text-grey-11">
              as {invitation.role}, {invitation.state === "void" ? "no longer valid: whoever sent it is no owner any more" : <>{invitation.state === "expired" ? "expired" : "open until"} <ExactDate at={invitation.expiresAt} /></>}
            </p>
          </div>
          <ConfirmButton label="Revoke" name={`Revoke the invitation of ${invitation.email}`} title="Revoke this invitation?" description="Its link stops working at once." verb="Revoke invitation" keep="Keep it" path={`/api/v1/publishers/${slug}/invitations/${invitation.id}`} method="DELETE" danger />
        </li>
      ))}
    </ul>
  );
}
