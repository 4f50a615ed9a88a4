import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { InstanceOverview } from "#components/console/admin/instance-overview.tsx";
import { ViewAsForm } from "#components/console/admin/view-as-form.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { readInstance } from "#lib/admin/index.ts";
import { mailDelivery } from "#lib/mail/index.ts";
import { forAdministrators } from "./_desk.tsx";

export const metadata: Metadata = { title: "Administration" };

export default async function OverviewPage() {
  return await forAdministrators("/admin", async (deps) => (
    <AdminPage title="Administration" lead="What this instance is doing right now.">
      <InstanceOverview instance={await readInstance(deps)} delivery={mailDelivery()} />
      <Panel title="See the site as someone else would">
        <ViewAsForm />
      </Panel>
    </AdminPage>
  ));
}
