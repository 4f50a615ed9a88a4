import type { Metadata } from "next";
import Link from "next/link";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { TakeRole } from "#components/console/admin/take-role.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { listRoleHolders } from "#lib/admin/index.ts";
import { forAdministrators } from "../_desk.tsx";

export const metadata: Metadata = { title: "Roles" };

const HEAD = (
  <>
    <Th>Role</Th>
    <Th>User</Th>
    <Th>Since</Th>
    <Th>
      <span className="sr-only">Action</span>
    </Th>
  </>
);

export default async function RolesPage() {
  return await forAdministrators("/admin/roles", async (deps) => {
    const holders = await listRoleHolders(deps);
    return (
      <AdminPage title="Roles" lead="Who holds what. Roles are granted on the account's page, never to oneself; the last administrator stays.">
        <Table caption="Roles" head={HEAD}>
          {holders.map(({ role, userId, email, grantedAt, suspended }) => (
            <tr key={`${role} ${userId}`}>
              <Td>
                <Badge>{role}</Badge>
              </Td>
              <Td label="User" className="min-w-48">
                <Link href={`/admin/users/${userId}`} className="link">
                  <EmailAddress address={email} />
                </Link>
                {suspended ? <span className="ml-2 text-13 text-red-ink">suspended</span> : null}
              </Td>
              <Td label="Since" className="whitespace-nowrap text-grey-11">
                <RelativeTime at={grantedAt} />
              </Td>
              <Td className="text-right">
                <TakeRole role={role} userId={userId} email={email} />
              </Td>
            </tr>
          ))}
        </Table>
      </AdminPage>
    );
  });
}
