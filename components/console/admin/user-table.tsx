import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AdminUserView } from "#lib/admin/schema.ts";

const HEAD = (
  <>
    <Th>User</Th>
    <Th>Roles</Th>
    <Th>Standing</Th>
    <Th>Since</Th>
  </>
);

/** Accounts with their roles and standing; each opens. */
export function UserTable({ users }: { users: readonly AdminUserView[] }) {
  if (users.length === 0) return <EmptyState title="No user matches">Part of an address or a name finds an account, and so does its whole id.</EmptyState>;
  return (
    <Table caption="Users" head={HEAD}>
      {users.map((user) => (
        <tr key={user.id}>
          <Td className="min-w-48">
            <Link href={`/admin/users/${user.id}`} className="link">
              {user.state === "deleted" ? `Deleted account …${user.id.slice(-8)}` : <EmailAddress address={user.email} />}
            </Link>
            {user.name === null ? null : <span className="block text-13 text-grey-11">{user.name}</span>}
          </Td>
          <Td label="Roles">
            <span className="flex flex-wrap gap-1">{user.roles.length === 0 ? <span className="text-grey-11">member</span> : user.roles.map((role) => <Badge key={role}>{role}</Badge>)}</span>
          </Td>
          <Td label="Standing">{user.state === "active" ? <span className="text-grey-11">active</span> : <Badge tone="red">{user.state}</Badge>}</Td>
          <Td label="Since" className="whitespace-nowrap text-grey-11">
            <RelativeTime at={user.createdAt} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
