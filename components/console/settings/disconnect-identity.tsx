"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { IdentitySummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Takes an identity off the account, after asking. */
export function DisconnectIdentity({ identity }: { identity: IdentitySummaryView }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const disconnect = useAction(async () => {
    await callApi(`/api/v1/identities/${identity.id}`, { method: "DELETE" });
    setOpen(false);
    router.refresh();
  });
  return (
    <>
      <Button size="sm" aria-label={`Disconnect ${identity.providerName}`} onClick={() => setOpen(true)}>
        Disconnect
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Disconnect ${identity.providerName}?`}
        description="It no longer signs in to this account. A link by e-mail still does."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button variant="danger" pending={disconnect.busy} onClick={() => void disconnect.run()}>
              Disconnect
            </Button>
          </>
        }
      >
        <ProblemAlert problem={disconnect.problem} />
      </Dialog>
    </>
  );
}
