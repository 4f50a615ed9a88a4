"use client";

import { useRouter } from "next/navigation";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { SelectField } from "#components/ui/field.tsx";
import { PUBLISHER_ROLES, type PublisherRole } from "#lib/accounts/schema.ts";
import type { MemberDetailView } from "#lib/teams/schema.ts";

/** A member's role, changed by choosing another one. */
export function RoleChoice({ slug, member }: { slug: string; member: MemberDetailView }) {
  const router = useRouter();
  const change = useAction(async (role: PublisherRole) => {
    await callApi(`/api/v1/publishers/${slug}/members/${member.id}`, { method: "PATCH", json: { role } });
    router.refresh();
  });
  return (
    <div className="flex flex-col gap-2">
      <SelectField label={`Role of ${member.email}`} hideLabel value={member.role} disabled={change.busy} onChange={(event) => void change.run(event.target.value as PublisherRole)} className="max-w-40">
        {PUBLISHER_ROLES.map((role) => (
          <option key={role} value={role}>
            {role}
          </option>
        ))}
      </SelectField>
      <ProblemAlert problem={change.problem} />
    </div>
  );
}
