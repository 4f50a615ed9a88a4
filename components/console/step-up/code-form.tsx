"use client";

import { useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";

interface CodeFormProps {
  kind: "totp" | "recovery";
  action: string;
  autoFocus?: boolean;
  /** Sends the code; what it throws is shown under the field. */
  send: (code: string) => Promise<void>;
}

const FIELDS = {
  totp: { label: "Code of the authenticator app", autoComplete: "one-time-code", inputMode: "numeric", placeholder: "123456", maxLength: 7 },
  recovery: { label: "Recovery code", autoComplete: "off", inputMode: "text", placeholder: "xxxx-xxxx-xxxx-xxxx", maxLength: 40 },
} as const;

/** One code and the button that sends it. */
export function CodeForm({ kind, action, autoFocus = false, send }: CodeFormProps) {
  const [code, setCode] = useState("");
  const sending = useAction(async () => {
    await send(code);
    setCode("");
  });
  return (
    <ActionForm action={sending} verb={action} incomplete={code.trim() === ""}>
      <TextField {...FIELDS[kind]} autoFocus={autoFocus} mono required spellCheck={false} value={code} onChange={(event) => setCode(event.target.value)} />
    </ActionForm>
  );
}
