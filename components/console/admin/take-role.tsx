import type { InstanceRole } from "#lib/accounts/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";

/** Takes a role back from its holder. */
export function TakeRole({ role, userId, email }: { role: InstanceRole; userId: string; email: string }) {
  return <ConfirmButton danger label="Take back" name={`Take back: ${role} of ${email}`} title={`Take ${role} back from ${email}?`} description="It counts at once, in every session and token of the account." path={`/api/v1/admin/users/${userId}/revoke-role`} json={{ role }} reason="audited" />;
}
