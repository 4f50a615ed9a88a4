"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";

interface ReasonFormProps {
  claim: string;
  subject: string;
  /** Deciders grant or refuse, holders object. */
  as: "decider" | "holder";
}

/** One line of reason and the answers it goes with. */
export function ReasonForm({ claim, subject, as }: ReasonFormProps) {
  const router = useRouter();
  const [reason, setReason] = useState(as === "holder" ? "This name is ours and in use." : "");
  const send = useAction(async (body: { grant?: boolean }) => {
    await callApi(`/api/v1/claims/${claim}/${as === "holder" ? "object" : "decide"}`, { method: "POST", json: { ...body, reason } });
    router.refresh();
  });
  const press = (label: string, body: { grant?: boolean }, variant: "secondary" | "primary") => (
    <Button size="sm" variant={variant} aria-label={`${label}: ${subject}`} disabled={reason.trim() === ""} pending={send.busy} onClick={() => void send.run(body)}>
      {label}
    </Button>
  );
  return (
    <div className="flex flex-col gap-2">
      <TextField label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} maxLength={1000} />
      <ProblemAlert problem={send.problem} />
      <div className="flex flex-wrap gap-2">
        {as === "holder" ? press("Object", {}, "primary") : null}
        {as === "decider" ? press("Grant", { grant: true }, "primary") : null}
        {as === "decider" ? press("Refuse", { grant: false }, "secondary") : null}
      </div>
    </div>
  );
}
