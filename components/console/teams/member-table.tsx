import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { RoleChoice } from "#components/console/teams/role-choice.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { MemberDetailView } from "#lib/teams/schema.ts";

const HEAD = (
  <>
    <Th>Member</Th>
    <Th>Role</Th>
    <Th>Since</Th>
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  </>
);

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
  return (
    <Table caption="Members" head={HEAD}>
      {members.map((member) => (
        <tr key={member.id}>
          <Td>
            <span className="block font-medium">{member.name ?? <EmailAddress address={member.email} />}</span>
            {member.name === null ? null : <span className="text-13 text-grey-11"><EmailAddress address={member.email} /></span>}
          </Td>
          <Td label="Role">{mayChange ? <RoleChoice slug={slug} member={member} /> : member.role}</Td>
          <Td label="Since" className="text-grey-11">
            <RelativeTime at={member.since} />
          </Td>
          <Td className="text-right">{mayChange && member.id !== viewerId ? <RemoveMember slug={slug} member={member} /> : null}</Td>
        </tr>
      ))}
    </Table>
  );
}

function RemoveMember({ slug, member }: { slug: string; member: MemberDetailView }) {
  return (
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
  );
}
