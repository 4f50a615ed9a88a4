"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Deletes the account, after its address was typed. */
export function DeleteAccount({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useAction(async () => {
    await callApi("/api/v1/account/delete", { method: "POST", json: { email: typed } });
    // Whole pages from here on: nothing that this one knew may stay.
    window.location.assign("/");
  });
  const same = typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Delete your account?"
        description="This cannot be undone. Signing in again with the same address makes a new account, without your roles and publishers."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep the account</Button>
            <Button variant="danger" pending={remove.busy} disabled={!same} onClick={() => void remove.run()}>
              Delete for good
            </Button>
          </>
        }
      >
        <TextField label="Type your address" value={typed} onChange={(event) => setTyped(event.target.value)} type="email" autoComplete="off" hint={email} />
        <ProblemAlert problem={remove.problem} />
      </Dialog>
    </>
  );
}
