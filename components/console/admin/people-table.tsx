import { Badge } from "#components/ui/badge.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { InstanceView } from "#components/console/admin/instance.ts";

/** Accounts and the roles they hold on this instance. */
export function PeopleTable({ people }: { people: InstanceView["users"] }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h2 className="text-16 font-semibold">
        People
      </h2>
      <Table
        caption="People"
        head={
          <>
            <Th>Account</Th>
            <Th>Roles</Th>
            <Th>Since</Th>
          </>
        }
      >
        {people.map((person) => (
          <tr key={person.email}>
            <Td className="min-w-48">
              <EmailAddress address={person.email} />
            </Td>
            <Td label="Roles">
              <span className="flex flex-wrap gap-1">{person.roles.length === 0 ? <span className="text-grey-11">member</span> : person.roles.map((role) => <Badge key={role}>{role}</Badge>)}</span>
            </Td>
            <Td label="Since" className="whitespace-nowrap text-grey-11">
              <RelativeTime at={person.createdAt} />
            </Td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
