import { Smartphone } from "lucide-react";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { FactorsSummaryView } from "#lib/accounts/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { SetUpTotp } from "#components/console/security/set-up-totp.tsx";

/** The authenticator app: set up, or how to set one up. */
export function TotpPanel({ totp }: { totp: FactorsSummaryView["totp"] }) {
  return (
    <Panel title="Authenticator app">
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-14 text-grey-11">An app that shows six digits, new every 30 seconds. It works where passkeys do not, but a forged page can ask for its codes.</p>
        {totp === null ? (
          <SetUpTotp />
        ) : (
          <div className="flex flex-wrap items-center gap-3">
            <Smartphone aria-hidden className="size-4 shrink-0 text-grey-10" />
            <p className="min-w-0 flex-1">
              Set up <RelativeTime at={totp.createdAt} />
            </p>
            <ConfirmButton danger label="Remove" name="Remove the authenticator app" title="Remove the authenticator app?" description="Its codes count no more. To use an app again, set it up anew." verb="Remove it" keep="Keep it" path="/api/v1/factors/totp" method="DELETE" />
          </div>
        )}
      </div>
    </Panel>
  );
}
