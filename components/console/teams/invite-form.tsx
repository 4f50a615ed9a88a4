"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { ROLE_WORDS } from "#components/console/teams/role-words.ts";
import { useAction } from "#components/console/use-action.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { PUBLISHER_ROLES, type PublisherRole } from "#lib/accounts/schema.ts";

/** Address and role of whoever is asked to join. */
export function InviteForm({ slug }: { slug: string }) {
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<PublisherRole>("maintainer");
  const [sent, setSent] = useState("");
  const invite = useAction(async () => {
    await callApi(`/api/v1/publishers/${slug}/invitations`, { method: "POST", json: { email, role } });
    setSent(email);
    setEmail("");
    router.refresh();
  });
  return (
    <ActionForm action={invite} verb="Invite" done={`The invitation to ${sent} is on its way`}>
      <TextField label="E-mail address" type="email" value={email} onChange={(event) => setEmail(event.target.value)} required maxLength={254} autoComplete="off" hint="Only the account of this address can accept." />
      <SelectField label="Role" value={role} onChange={(event) => setRole(event.target.value as PublisherRole)} hint={ROLE_WORDS[role]}>
        {PUBLISHER_ROLES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </SelectField>
    </ActionForm>
  );
}
