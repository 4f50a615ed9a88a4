"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { TokenSummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Ends a token at once, after asking. */
export function RevokeToken({ token }: { token: TokenSummaryView }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const revoke = useAction(async () => {
    await callApi(`/api/v1/tokens/${token.id}`, { method: "DELETE" });
    setOpen(false);
    router.refresh();
  });
  return (
    <>
      <Button size="sm" aria-label={`Revoke ${token.name}`} onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Revoke “${token.name}”?`}
        description="Whatever uses this token is refused from now on. This cannot be undone; a new token can be made."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep the token</Button>
            <Button variant="danger" pending={revoke.busy} onClick={() => void revoke.run()}>
              Revoke token
            </Button>
          </>
        }
      >
        <ProblemAlert problem={revoke.problem} />
      </Dialog>
    </>
  );
}
