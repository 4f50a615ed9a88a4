import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { describeBytes, describeCount } from "#components/console/describe-amount.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { readStorage } from "#lib/admin/index.ts";
import { forAdministrators } from "../_desk.tsx";

export const metadata: Metadata = { title: "Storage" };

const HEAD = (
  <>
    <Th>Kind</Th>
    <Th className="text-right">Objects</Th>
    <Th className="text-right">Size</Th>
  </>
);

export default async function StoragePage() {
  return await forAdministrators("/admin/storage", async (deps) => {
    const { driver, kinds, unreferenced } = await readStorage(deps);
    return (
      <AdminPage title="Storage" lead={<>What the object store holds. Its driver is <code>{driver}</code>.</>}>
        <Table caption="Objects by kind" head={HEAD}>
          {kinds.map(({ kind, objects, bytes, counted }) => (
            <tr key={kind}>
              <Td>{kind}</Td>
              <Td label="Objects" className="text-right font-mono text-13 tabular-nums">{counted ? objects : `more than ${objects}`}</Td>
              <Td label="Size" className="text-right font-mono text-13 tabular-nums">{counted ? describeBytes(bytes) : `more than ${describeBytes(bytes)}`}</Td>
            </tr>
          ))}
        </Table>
        <p className="text-14 text-grey-11">
          {unreferenced.objects === 0 ? "Every artifact belongs to a version or a submission." : `${describeCount(unreferenced.objects, "artifact")} (${describeBytes(unreferenced.bytes)}) belong to no version and no submission.`}
        </p>
      </AdminPage>
    );
  });
}
