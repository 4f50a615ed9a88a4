import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { FilterForm, Pages } from "#components/console/admin/filter-form.tsx";
import { UserTable } from "#components/console/admin/user-table.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { INSTANCE_ROLES } from "#lib/accounts/schema.ts";
import { listUsers } from "#lib/admin/index.ts";
import { UsersQuery } from "#lib/admin/schema.ts";
import { forAdministrators, readFilters, type SearchParams } from "../_desk.tsx";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  return await forAdministrators("/admin/users", async (deps) => {
    const filters = await readFilters(searchParams);
    const query = UsersQuery.catch(UsersQuery.parse({})).parse(filters);
    const { items, nextCursor } = await listUsers(deps, query);
    return (
      <AdminPage title="Users" lead="Accounts, newest first. Addresses are shown to administrators only.">
        <FilterForm action="/admin/users" label="Users">
          <TextField label="Address, name or id" name="q" defaultValue={query.q} autoComplete="off" />
          <SelectField label="Role" name="role" defaultValue={query.role ?? ""}>
            <option value="">any</option>
            {INSTANCE_ROLES.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </SelectField>
          <SelectField label="Standing" name="state" defaultValue={query.state ?? ""}>
            <option value="">any</option>
            <option>active</option>
            <option>suspended</option>
            <option>deleted</option>
          </SelectField>
        </FilterForm>
        <UserTable users={items} />
        <Pages path="/admin/users" query={filters} nextCursor={nextCursor} />
      </AdminPage>
    );
  });
}
