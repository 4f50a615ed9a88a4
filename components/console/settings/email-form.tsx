"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { TextField } from "#components/ui/field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { EmailChangeView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { RequestButton } from "#components/console/request-button.tsx";
import { useAction } from "#components/console/use-action.ts";

/** The address of the account, and the way to another one. */
export function EmailForm({ email, waiting }: { email: string; waiting: EmailChangeView | null }) {
  const router = useRouter();
  const [wanted, setWanted] = useState("");
  const ask = useAction(async () => {
    await callApi<EmailChangeView>("/api/v1/account/email", { method: "POST", json: { email: wanted } });
    setWanted("");
    router.refresh();
  });
  return (
    <ActionForm action={ask} verb="Change address" className="max-w-form">
      <p>
        Your address is <strong className="font-medium break-all">{email}</strong>. A sign-in link sent there always works.
      </p>
      {waiting === null ? null : (
        <Alert
          kind="info"
          live
          title={`A message went to ${waiting.email}`}
          actions={<RequestButton label="Cancel this change" path="/api/v1/account/email" method="DELETE" />}
        >
          <p>
            Open the link in it, in a browser where you are signed in, to make it your address. The link ends <RelativeTime at={waiting.expiresAt} />. Until then nothing changes.
          </p>
        </Alert>
      )}
      <TextField label="New address" type="email" value={wanted} onChange={(event) => setWanted(event.target.value)} required autoComplete="email" inputMode="email" hint="The new address gets a link to confirm. After that the old one gets a link that takes the change back, for seven days." />
    </ActionForm>
  );
}
