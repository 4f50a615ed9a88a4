import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { FilterForm, Pages } from "#components/console/admin/filter-form.tsx";
import { PublisherTable } from "#components/console/admin/publisher-table.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { listPublishers } from "#lib/admin/index.ts";
import { AdminPublishersQuery } from "#lib/admin/schema.ts";
import { forAdministrators, readFilters, type SearchParams } from "../_desk.tsx";

export const metadata: Metadata = { title: "Publishers" };

export default async function PublishersPage({ searchParams }: { searchParams: SearchParams }) {
  return await forAdministrators("/admin/publishers", async (deps) => {
    const filters = await readFilters(searchParams);
    const query = AdminPublishersQuery.catch(AdminPublishersQuery.parse({})).parse(filters);
    const { items, nextCursor } = await listPublishers(deps, query);
    return (
      <AdminPage title="Publishers" lead="A suspended publisher's listings are in no list, feed or download within ten seconds; a suspension and its end stand in the public record.">
        <FilterForm action="/admin/publishers" label="Publishers">
          <TextField label="Slug or name" name="q" defaultValue={query.q} autoComplete="off" />
          <SelectField label="Standing" name="state" defaultValue={query.state ?? ""}>
            <option value="">any</option>
            <option>active</option>
            <option>suspended</option>
          </SelectField>
        </FilterForm>
        <PublisherTable publishers={items} />
        <Pages path="/admin/publishers" query={filters} nextCursor={nextCursor} />
      </AdminPage>
    );
  });
}
