import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { InstanceView } from "#components/console/admin/instance.ts";

/** Publishers with how many people and listings stand behind each. */
export function PublisherTable({ publishers }: { publishers: InstanceView["publishers"] }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h2 className="text-16 font-semibold">
        Publishers
      </h2>
      {publishers.length === 0 ? (
        <EmptyState title="No publisher yet">A signed-in person creates one before publishing.</EmptyState>
      ) : (
        <Table
          caption="Publishers"
          head={
            <>
              <Th>Publisher</Th>
              <Th className="text-right">Members</Th>
              <Th className="text-right">Listings</Th>
            </>
          }
        >
          {publishers.map((publisher) => (
            <tr key={publisher.slug}>
              <Td>
                <Link href={`/publishers/${publisher.slug}`} className="link">
                  {publisher.name}
                </Link>{" "}
                <code className="text-12 text-grey-11">{publisher.slug}</code>
              </Td>
              <Td label="Members" className="text-right font-mono text-13 tabular-nums">{publisher.members}</Td>
              <Td label="Listings" className="text-right font-mono text-13 tabular-nums">{publisher.listings}</Td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}
