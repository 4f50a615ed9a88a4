import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { EventTable } from "#components/console/admin/event-table.tsx";
import { addressOf, FilterForm, Pages } from "#components/console/admin/filter-form.tsx";
import { TextField } from "#components/ui/field.tsx";
import { searchAudit } from "#lib/admin/index.ts";
import { AuditQuery } from "#lib/admin/schema.ts";
import { forAdministrators, readFilters, type SearchParams } from "../_desk.tsx";

export const metadata: Metadata = { title: "Audit trail" };

const ID = /^[0-9a-f-]{36}$/;

/** Days are typed, moments are asked for. */
function momentsOf({ from, to, actor, ...filters }: Record<string, string>): Record<string, string> {
  const day = (text: string | undefined) => (text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : undefined);
  const moments = { from: day(from), to: day(to), actor: actor !== undefined && ID.test(actor) ? actor : undefined };
  return { ...filters, ...Object.fromEntries(Object.entries(moments).filter((pair): pair is [string, string] => pair[1] !== undefined)) };
}

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  return await forAdministrators("/admin/audit", async (deps) => {
    const filters = await readFilters(searchParams);
    const asked = momentsOf(filters);
    const query = AuditQuery.catch(AuditQuery.parse({})).parse({ ...asked, format: "json" });
    const { items, nextCursor } = await searchAudit(deps, query);
    const lines = addressOf("/api/v1/admin/audit", { ...asked, cursor: undefined, format: "jsonl" });
    return (
      <AdminPage title="Audit trail" lead="Everything that was changed, newest first, with account ids instead of names." actions={<a href={lines} className="link text-14">Everything that matches, as JSON lines</a>}>
        <FilterForm action="/admin/audit" label="Events">
          <TextField label="Name begins with" name="name" defaultValue={query.name ?? ""} placeholder="accounts:" autoComplete="off" mono />
          <TextField label="Subject" name="subject" defaultValue={query.subject ?? ""} placeholder="publisher:acme" autoComplete="off" mono />
          <TextField label="Actor's id" name="actor" defaultValue={query.actor ?? ""} autoComplete="off" mono />
          <TextField label="From" name="from" type="date" defaultValue={filters["from"] ?? ""} />
          <TextField label="Before" name="to" type="date" defaultValue={filters["to"] ?? ""} />
        </FilterForm>
        <EventTable events={items} />
        <Pages path="/admin/audit" query={filters} nextCursor={nextCursor} />
      </AdminPage>
    );
  });
}
