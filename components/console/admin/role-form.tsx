"use client";

import { useState } from "react";
import { SelectField } from "#components/ui/field.tsx";
import { INSTANCE_ROLES, type InstanceRole } from "#lib/accounts/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";

/** Grants an account one of the roles that it does not hold. */
export function RoleForm({ userId, email, held }: { userId: string; email: string; held: readonly InstanceRole[] }) {
  const free = INSTANCE_ROLES.filter((role) => !held.includes(role));
  const [chosen, setChosen] = useState<InstanceRole | null>(null);
  const role = chosen !== null && free.includes(chosen) ? chosen : free[0];
  if (role === undefined) return null;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SelectField label="Another role" value={role} onChange={(event) => setChosen(event.target.value as InstanceRole)}>
        {free.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <ConfirmButton label="Grant role" name={`Grant role: ${role} to ${email}`} title={`Make ${email} ${role}?`} description="The role counts at once, in every session and token of the account. The person is told by mail." path={`/api/v1/admin/users/${userId}/grant`} json={{ role }} reason="audited" />
    </div>
  );
}
