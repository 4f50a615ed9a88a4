import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { AnnouncementForm } from "#components/console/admin/announcement-form.tsx";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { listAnnouncements } from "#lib/admin/index.ts";
import type { AnnouncementView } from "#lib/admin/schema.ts";
import { forAdministrators } from "../_desk.tsx";

export const metadata: Metadata = { title: "Announcements" };

export default async function AnnouncementsPage() {
  return await forAdministrators("/admin/announcements", async (deps) => {
    const announcements = await listAnnouncements(deps);
    return (
      <AdminPage title="Announcements" lead="A sentence above every page, for every visitor.">
        <AnnouncementForm />
        {announcements.length === 0 ? <EmptyState title="Nothing was announced yet">A planned outage, a move, a new rule: what everyone should know.</EmptyState> : <AnnouncementTable announcements={announcements} now={deps.now().toISOString()} />}
      </AdminPage>
    );
  });
}

const HEAD = (
  <>
    <Th>Text</Th>
    <Th>From</Th>
    <Th>Until</Th>
    <Th>
      <span className="sr-only">Action</span>
    </Th>
  </>
);

function AnnouncementTable({ announcements, now }: { announcements: AnnouncementView[]; now: string }) {
  return (
    <Table caption="Announcements" head={HEAD}>
      {announcements.map(({ id, text, startsAt, endsAt }) => (
        <tr key={id}>
          <Td className="min-w-60 wrap-anywhere">{text}</Td>
          <Td label="From" className="whitespace-nowrap text-grey-11">
            <RelativeTime at={startsAt} />
          </Td>
          <Td label="Until" className="whitespace-nowrap text-grey-11">{endsAt === null ? "it is ended" : <RelativeTime at={endsAt} />}</Td>
          <Td className="text-right">
            {endsAt !== null && endsAt <= now ? null : <ConfirmButton label="End" name={`End: ${text}`} title="End this announcement?" description="It is gone from every page within ten seconds." path={`/api/v1/admin/announcements/${id}/end`} reason="audited" />}
          </Td>
        </tr>
      ))}
    </Table>
  );
}
