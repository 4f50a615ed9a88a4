"use client";

import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

interface CodeFormProps {
  kind: "totp" | "recovery";
  action: string;
  /** Sends the code; what it throws is shown under the field. */
  send: (code: string) => Promise<void>;
}

const FIELDS = {
  totp: { label: "Code of the authenticator app", autoComplete: "one-time-code", inputMode: "numeric", placeholder: "123456", maxLength: 7 },
  recovery: { label: "Recovery code", autoComplete: "off", inputMode: "text", placeholder: "xxxx-xxxx-xxxx-xxxx", maxLength: 40 },
} as const;

/** One code and the button that sends it. */
export function CodeForm({ kind, action, send }: CodeFormProps) {
  const [code, setCode] = useState("");
  const sending = useAction(async () => {
    await send(code);
    setCode("");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void sending.run();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField {...FIELDS[kind]} mono required spellCheck={false} value={code} onChange={(event) => setCode(event.target.value)} />
      <ProblemAlert problem={sending.problem} />
      <div>
        <Button type="submit" pending={sending.busy} disabled={code.trim() === ""}>
          {action}
        </Button>
      </div>
    </form>
  );
}
