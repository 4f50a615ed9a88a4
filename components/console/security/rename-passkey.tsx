"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { PasskeySummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Gives a passkey another name. */
export function RenamePasskey({ passkey }: { passkey: PasskeySummaryView }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(passkey.name);
  const rename = useAction(async () => {
    await callApi(`/api/v1/factors/passkeys/${passkey.id}`, { method: "PATCH", json: { name } });
    setOpen(false);
    router.refresh();
  });
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={`Rename ${passkey.name}`} onClick={() => setOpen(true)}>
        Rename
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Rename this passkey"
        actions={
          <Button variant="primary" pending={rename.busy} disabled={name.trim() === ""} onClick={() => void rename.run()}>
            Save name
          </Button>
        }
      >
        <TextField label="Name" required maxLength={60} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        <ProblemAlert problem={rename.problem} />
      </Dialog>
    </>
  );
}
