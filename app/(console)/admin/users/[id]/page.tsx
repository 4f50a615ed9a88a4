import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { UserView } from "#components/console/admin/user-view.tsx";
import { EmailAddress } from "#components/ui/email-address.tsx";
import { readUser } from "#lib/admin/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { StatusPage } from "../../../../_status-page.tsx";
import { forAdministrators } from "../../_desk.tsx";

export const metadata: Metadata = { title: "User" };

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return await forAdministrators(`/admin/users/${id}`, async (deps, person) => {
    const user = await readUser(deps, id).catch((error: unknown) => {
      if (error instanceof RegistryError && error.code === "not-found") return null;
      throw error;
    });
    if (user === null) return <StatusPage status={404} />;
    return (
      <AdminPage title={<EmailAddress address={user.email} />}>
        <UserView user={user} own={person.id === user.id} />
      </AdminPage>
    );
  });
}
