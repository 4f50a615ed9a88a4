import type { Metadata } from "next";
import { Panel } from "#components/ui/panel.tsx";
import { EmailForm } from "#components/console/settings/email-form.tsx";
import { ProfileForm } from "#components/console/settings/profile-form.tsx";
import { SettingsPage } from "#components/console/settings/settings-page.tsx";
import { readEmailChange, readProfile } from "#lib/accounts/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const person = await requireViewer("/settings");
  const deps = await runtime();
  const [profile, waiting] = await Promise.all([readProfile(deps, person.id), readEmailChange(deps, person.id)]);
  return (
    <SettingsPage title="Profile" lead="How others see you here, and where mail for you goes.">
      <Panel title="Name and language">
        <ProfileForm profile={profile} />
      </Panel>
      <Panel title="E-mail address">
        <EmailForm email={profile.email} waiting={waiting} />
      </Panel>
    </SettingsPage>
  );
}
