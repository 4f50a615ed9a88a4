import type { Metadata } from "next";
import { Alert } from "#components/ui/alert.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { IdentityList } from "#components/console/settings/identity-list.tsx";
import { SessionTable } from "#components/console/settings/session-table.tsx";
import { SettingsPage } from "#components/console/settings/settings-page.tsx";
import { SignOutEverywhere } from "#components/console/settings/sign-out-everywhere.tsx";
import { describeSignInError } from "#components/console/sign-in/describe-sign-in-error.ts";
import { listIdentities, listSessions, signInProviders } from "#lib/accounts/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requirePrincipal, requireViewer } from "../../../_session.ts";

export const metadata: Metadata = { title: "Sign-in and sessions" };

interface SignInSettingsProps {
  /** Why an identity was not connected. */
  searchParams: Promise<{ error?: string | string[] }>;
}

export default async function SignInSettingsPage({ searchParams }: SignInSettingsProps) {
  const { error } = await searchParams;
  const person = await requireViewer("/settings/sign-in");
  const deps = await runtime();
  const { sessionId } = await requirePrincipal("/settings/sign-in");
  const [identities, sessions] = await Promise.all([listIdentities(deps, person.id), listSessions(deps, { userId: person.id, sessionId })]);
  const refusal = typeof error === "string" ? describeSignInError(error) : null;
  return (
    <SettingsPage title="Sign-in and sessions" lead="What signs in to your account, and where it is signed in now.">
      {refusal === null ? null : (
        <Alert kind="error" title={refusal.title}>
          <p>
            {refusal.meaning} {refusal.next}
          </p>
        </Alert>
      )}
      <Panel title="Ways to sign in" flush>
        <IdentityList email={person.email} identities={identities} providers={signInProviders(deps.config)} />
      </Panel>
      <section aria-labelledby="sessions" className="flex min-w-0 flex-col gap-4">
        <h2 id="sessions" className="text-16 font-semibold">
          Sessions
        </h2>
        <p className="max-w-prose text-14 text-grey-11">A network is an address without its last part. Signing a device out ends its session at once; it can sign in again.</p>
        <SessionTable sessions={sessions} />
        <SignOutEverywhere others={sessions.filter(({ current }) => !current).length} />
      </section>
    </SettingsPage>
  );
}
