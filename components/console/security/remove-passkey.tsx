"use client";

import type { PasskeySummaryView } from "#lib/accounts/schema.ts";
import { RemoveFactor } from "#components/console/security/remove-factor.tsx";

/** Removes a passkey, after asking. */
export function RemovePasskey({ passkey }: { passkey: PasskeySummaryView }) {
  return <RemoveFactor name={passkey.name} path={`/api/v1/factors/passkeys/${passkey.id}`} title={`Remove “${passkey.name}”?`} description="It proves and opens nothing here any more. The device may keep its half; delete it there too." />;
}
