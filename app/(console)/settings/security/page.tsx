import type { Metadata } from "next";
import { PasskeyPanel } from "#components/console/security/passkey-panel.tsx";
import { RecoveryPanel } from "#components/console/security/recovery-panel.tsx";
import { TotpPanel } from "#components/console/security/totp-panel.tsx";
import { SettingsPage } from "#components/console/settings/settings-page.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { lacksSecondFactor, listFactors } from "#lib/accounts/index.ts";
import { INSTANCE_ROLES } from "#lib/accounts/schema.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../../_session.ts";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecurityPage() {
  const person = await requireViewer("/settings/security");
  const deps = await runtime();
  const [factors, lacking] = await Promise.all([listFactors(deps, person.id), lacksSecondFactor(deps, { userId: person.id, roles: person.roles }, INSTANCE_ROLES)]);
  const ready = factors.passkeys.length > 0 || factors.totp !== null;
  return (
    <SettingsPage title="Second factor" lead="Approvals, keys, members and tokens ask for it, and then count it for five minutes. Publishing with a token does not.">
      {lacking ? (
        <Alert kind="warning" title="Your role waits for a second factor">
          <p>This registry&apos;s policy asks one of whoever acts as {person.roles.join(", ")}. Add a passkey or set up an authenticator app, and the pages of the role open again.</p>
        </Alert>
      ) : null}
      <PasskeyPanel passkeys={factors.passkeys} />
      <TotpPanel totp={factors.totp} />
      <RecoveryPanel codes={factors.recoveryCodes} ready={ready} />
    </SettingsPage>
  );
}
