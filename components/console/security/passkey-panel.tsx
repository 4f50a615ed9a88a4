import { Fingerprint } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { PasskeySummaryView } from "#lib/accounts/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { AddPasskey } from "#components/console/security/add-passkey.tsx";
import { RenamePasskey } from "#components/console/security/rename-passkey.tsx";

/** The passkeys of an account, and the way to add one. */
export function PasskeyPanel({ passkeys }: { passkeys: readonly PasskeySummaryView[] }) {
  return (
    <Panel title="Passkeys" aside={passkeys.length === 0 ? undefined : passkeys.length}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-14 text-grey-11">Kept by this device, a phone or a security key, and opened by your finger, face or PIN. A passkey proves that it is you, and signs you in without a mail.</p>
        {passkeys.length === 0 ? null : (
          <ul aria-label="Passkeys" className="flex flex-col divide-y border-y">
            {passkeys.map((passkey) => (
              <Passkey key={passkey.id} passkey={passkey} />
            ))}
          </ul>
        )}
        <AddPasskey first={passkeys.length === 0} />
      </div>
    </Panel>
  );
}

function Passkey({ passkey }: { passkey: PasskeySummaryView }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <Fingerprint aria-hidden className="size-4 shrink-0 text-grey-10" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{passkey.name}</span>
          {passkey.backedUp ? <Badge title="A service carries it to your other devices">synced</Badge> : null}
        </p>
        <p className="text-13 text-grey-11">
          Added <RelativeTime at={passkey.createdAt} />, {passkey.lastUsedAt === null ? "not used yet" : <>used <RelativeTime at={passkey.lastUsedAt} /></>}
        </p>
      </div>
      <div className="flex gap-2">
        <RenamePasskey passkey={passkey} />
        <ConfirmButton
          danger
          label="Remove"
          name={`Remove ${passkey.name}`}
          title={`Remove “${passkey.name}”?`}
          description="It proves and opens nothing here any more. The device may keep its half; delete it there too."
          verb="Remove it"
          keep="Keep it"
          path={`/api/v1/factors/passkeys/${passkey.id}`}
          method="DELETE"
        />
      </div>
    </li>
  );
}
