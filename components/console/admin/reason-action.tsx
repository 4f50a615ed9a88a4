"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

interface ReasonActionProps {
  /** What the button and the dialog's own button say. */
  label: string;
  /** Names the button for those who do not see what stands beside it. */
  about: string;
  title: string;
  /** What happens, and what does not. */
  description: ReactNode;
  path: string;
  /** Sent besides the reason. */
  body?: Record<string, unknown>;
  danger?: boolean;
  disabled?: boolean;
}

/** Something an administrator does to someone or something: asked again, with a reason that is kept. */
export function ReasonAction({ label, about, title, description, path, body = {}, danger = false, disabled = false }: ReasonActionProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const action = useAction(async () => {
    await callApi(path, { method: "POST", json: { ...body, reason } });
    setOpen(false);
    setReason("");
    router.refresh();
  });
  return (
    <>
      <Button size="sm" aria-label={`${label}: ${about}`} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={title}
        description={description}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant={danger ? "danger" : "primary"} pending={action.busy} disabled={reason.trim() === ""} onClick={() => void action.run()}>
              {label}
            </Button>
          </>
        }
      >
        <TextField label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} required maxLength={1000} autoComplete="off" hint="Kept in the audit trail for ever: leave names and addresses out." />
        <ProblemAlert problem={action.problem} />
      </Dialog>
    </>
  );
}
