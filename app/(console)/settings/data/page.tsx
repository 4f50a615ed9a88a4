import type { Metadata } from "next";
import Link from "next/link";
import { SettingsPage } from "#components/console/settings/settings-page.tsx";
import { DeleteAccount } from "#components/people/delete-account.tsx";
import { ExportData } from "#components/people/export-data.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { requireViewer } from "../../../_session.ts";

export const metadata: Metadata = { title: "Your data" };

export default async function DataPage() {
  const person = await requireViewer("/settings/data");
  return (
    <SettingsPage
      title="Your data"
      lead={
        <>
          What is kept about you, and for how long, is on{" "}
          <Link href="/privacy" className="link">
            one page
          </Link>
          .
        </>
      }
    >
      <Panel title="Take it with you">
        <div className="flex flex-col gap-4">
          <p className="max-w-prose text-14 text-grey-11">One JSON file: profile, sign-ins, tokens without their secrets, memberships, submissions, decisions, messages and every event that you made or that concerns you. No copy of it is kept here.</p>
          <ExportData />
        </div>
      </Panel>
      <Panel title="Delete the account">
        <div className="flex flex-col gap-4">
          <ul className="flex max-w-prose list-disc flex-col gap-1.5 pl-5 text-14 text-grey-11">
            <li>Your address, name, sign-ins, second factors, tokens, roles, memberships and messages go at once.</li>
            <li>What you published and decided stays, under “a deleted account”: hosts rely on it.</li>
            <li>A publisher without another owner must be handed over first, where it has listings. Without listings its name stays taken.</li>
          </ul>
          <div>
            <DeleteAccount email={person.email} />
          </div>
        </div>
      </Panel>
    </SettingsPage>
  );
}
