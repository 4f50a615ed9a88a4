"use client";

import { useRouter } from "next/navigation";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { ConfirmButton } from "#components/console/teams/confirm-button.tsx";
import { useAction } from "#components/console/use-action.ts";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { PUBLISHER_ROLES, type PublisherRole } from "#lib/accounts/schema.ts";
import type { MemberDetailView } from "#lib/teams/schema.ts";

interface MemberTableProps {
  slug: string;
  members: readonly MemberDetailView[];
  /** Account of whoever looks. */
  viewerId: string;
  /** Owners of a publisher in good standing change roles and take members out. */
  mayChange: boolean;
}

/** Who belongs to the publisher, and as what. */
export function MemberTable({ slug, members, viewerId, mayChange }: MemberTableProps) {
  const router = useRouter();
  const change = useAction(async (id: string, role: PublisherRole) => {
    await callApi(`/api/v1/publishers/${slug}/members/${id}`, { method: "PATCH", json: { role } });
    router.refresh();
  });
  return (
    <div className="flex flex-col gap-3">
      <ProblemAlert problem={change.problem} />
      <Table
        caption="Members"
        head={
          <>
            <Th>Member</Th>
            <Th>Role</Th>
            <Th>Since</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </>
        }
      >
        {members.map((member) => (
          <tr key={member.id}>
            <Td>
              <span className="block font-medium">{member.name ?? <EmailAddress address={member.email} />}</span>
              {member.name === null ? null : <span className="text-13 text-grey-11"><EmailAddress address={member.email} /></span>}
            </Td>
            <Td label="Role">
              {mayChange ? (
                <SelectField label={`Role of ${member.email}`} hideLabel value={member.role} disabled={change.busy} onChange={(event) => void change.run(member.id, event.target.value as PublisherRole)} className="max-w-40">
                  {PUBLISHER_ROLES.map((role) => (
                    <option key={role} value={role}>
                      {role}
                    </option>
                  ))}
                </SelectField>
              ) : (
                member.role
              )}
            </Td>
            <Td label="Since" className="text-grey-11">
              <RelativeTime at={member.since} />
            </Td>
            <Td className="text-right">
              {mayChange && member.id !== viewerId ? (
                <ConfirmButton
                  label="Remove"
                  name={`Remove ${member.email}`}
                  title={`Remove ${member.name ?? member.email}?`}
                  description="They lose every right in this publisher at once, and the invitations they made end. What they published stays."
                  verb="Remove member"
                  keep="Keep"
                  path={`/api/v1/publishers/${slug}/members/${member.id}`}
                  method="DELETE"
                  danger
                />
              ) : null}
            </Td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
