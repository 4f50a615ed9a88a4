import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { FilterForm, Pages } from "#components/console/admin/filter-form.tsx";
import { MailTable } from "#components/console/admin/mail-table.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { listMail } from "#lib/admin/index.ts";
import { MailQuery } from "#lib/admin/schema.ts";
import { mailDelivery } from "#lib/mail/index.ts";
import { forAdministrators, readFilters, type SearchParams } from "../_desk.tsx";

export const metadata: Metadata = { title: "Mail" };

export default async function MailPage({ searchParams }: { searchParams: SearchParams }) {
  return await forAdministrators("/admin/mail", async (deps) => {
    const filters = await readFilters(searchParams);
    const query = MailQuery.catch(MailQuery.parse({})).parse(filters);
    const { items, nextCursor } = await listMail(deps, query);
    return (
      <AdminPage title="Mail" lead="What the registry wrote, and whether it left. Texts are kept for 90 days, this list for a year.">
        <FilterForm action="/admin/mail" label="Mail">
          <SelectField label="State" name="state" defaultValue={query.state ?? ""}>
            <option value="">any</option>
            <option>waiting</option>
            <option>failed</option>
            <option>sent</option>
          </SelectField>
        </FilterForm>
        <MailTable mails={items} delivery={mailDelivery()} />
        <Pages path="/admin/mail" query={filters} nextCursor={nextCursor} />
      </AdminPage>
    );
  });
}
