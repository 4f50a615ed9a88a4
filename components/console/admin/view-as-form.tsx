"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SelectField } from "#components/ui/field.tsx";
import { VIEW_ROLES, type ViewRole } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Lets an administrator see the site as someone who may less. */
export function ViewAsForm() {
  const router = useRouter();
  const [role, setRole] = useState<ViewRole>("member");
  const choose = useAction(async () => {
    await callApi("/api/v1/session/view-as", { method: "POST", json: { role } });
    router.push("/");
    router.refresh();
  });
  return (
    <ActionForm action={choose} verb="See the site as this role" className="max-w-form">
      <p className="max-w-prose text-14 text-grey-11">You stay yourself, and see in this session what someone with one role sees. What you may do becomes less, never more. A bar on every page leads back.</p>
      <SelectField label="Role" value={role} onChange={(event) => setRole(event.target.value as ViewRole)}>
        {VIEW_ROLES.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
    </ActionForm>
  );
}
