import type { Metadata } from "next";
import { MailChoice } from "#components/console/settings/mail-choice.tsx";
import { SettingsPage } from "#components/console/settings/settings-page.tsx";
import { readMailChoice } from "#lib/accounts/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../../_session.ts";

export const metadata: Metadata = { title: "Mail" };

export default async function MailSettingsPage() {
  const person = await requireViewer("/settings/mail");
  const { muted } = await readMailChoice((await runtime()).db, person.id);
  return (
    <SettingsPage title="Mail" lead="Which news reach you by mail. They all go to the address of your account, in the language of your profile.">
      <MailChoice muted={muted} email={person.email} />
    </SettingsPage>
  );
}
