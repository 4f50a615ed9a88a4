import type { Metadata } from "next";
import { Forbidden } from "#components/console/account/forbidden.tsx";
import { InstanceOverview } from "#components/console/admin/instance-overview.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { readInstance } from "#lib/admin/index.ts";
import { mailDelivery } from "#lib/mail/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireFactorFor, requireViewer } from "../../_session.ts";
import { StatusPage } from "../../_status-page.tsx";

export const metadata: Metadata = { title: "Administration" };

export default async function AdminPage() {
  const person = await requireViewer("/admin");
  if (!person.roles.includes("administrator")) {
    return (
      <StatusPage status={403}>
        <Forbidden title="Administration" who="Administrators" />
      </StatusPage>
    );
  }
  await requireFactorFor(person, ["administrator"]);
  const instance = await readInstance(await runtime());
  return (
    <ConsolePage
      title="Administration"
      lead={
        <>
          What this instance is doing right now. Changes are made with <code>npm run admin</code> on the machine.
        </>
      }
    >
      <InstanceOverview instance={instance} delivery={mailDelivery()} />
    </ConsolePage>
  );
}
