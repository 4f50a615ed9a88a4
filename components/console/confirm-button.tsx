"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { DialogForm } from "#components/console/dialog-form.tsx";
import type { DialogQuestion } from "#components/console/dialog-form.tsx";

const REASON_HINTS = {
  audited: "Kept in the audit trail for ever: leave names and addresses out.",
  shown: "Everyone whom it concerns reads it.",
} as const;

interface ConfirmButtonProps extends DialogQuestion {
  path: string;
  method?: "POST" | "DELETE";
  json?: Record<string, unknown>;
  /** A reason is asked for and sent besides `json`: kept for administrators, or shown to those whom it concerns. */
  reason?: keyof typeof REASON_HINTS;
  /** Where to go afterwards; else the page shows itself anew. */
  next?: string;
}

/** A button that asks once, where it matters for a reason too, and then sends one request. */
export function ConfirmButton({ path, method = "POST", json, reason, next, ...question }: ConfirmButtonProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const send = async () => {
    const body = reason === undefined ? json : { ...json, reason: text };
    await callApi(path, { method, ...(body === undefined ? {} : { json: body }) });
    setText("");
    if (next !== undefined) router.push(next);
    router.refresh();
  };
  return (
    <DialogForm {...question} perform={send} incomplete={reason !== undefined && text.trim() === ""}>
      {reason === undefined ? null : <TextField label="Reason" value={text} onChange={(event) => setText(event.target.value)} required maxLength={1000} autoComplete="off" hint={REASON_HINTS[reason]} />}
    </DialogForm>
  );
}
