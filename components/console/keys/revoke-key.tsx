"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import type { REVOCATION_REASONS } from "#lib/trust/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { groupFingerprint } from "#components/console/describe-amount.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

type Reason = (typeof REVOCATION_REASONS)[number];

const REASONS = {
  superseded: "Replaced by a newer key",
  retired: "No longer used",
  compromised: "Someone else may have the private half",
  lost: "The private half is lost",
} as const satisfies Record<Reason, string>;

/** Revoking asks why, and for a compromise since when, because that decides which releases stay trusted. */
export function RevokeKey({ publisher, fingerprint }: { publisher: string; fingerprint: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason>("superseded");
  const [since, setSince] = useState("");
  const revoke = useAction(async () => {
    const compromisedSince = reason === "compromised" && since !== "" ? { compromisedSince: new Date(since).toISOString() } : {};
    await callApi(`/api/v1/publishers/${publisher}/keys/${fingerprint}/revoke`, { method: "POST", json: { reason, ...compromisedSince } });
    setOpen(false);
    router.refresh();
  });
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Revoke this key?"
        description={<>Key <code className="text-13">{groupFingerprint(fingerprint)}</code> will sign nothing more here. This cannot be undone, and the record shows it.</>}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep the key</Button>
            <Button variant="danger" pending={revoke.busy} onClick={() => void revoke.run()}>
              Revoke key
            </Button>
          </>
        }
      >
        <SelectField label="Reason" value={reason} onChange={(event) => setReason(event.target.value as Reason)}>
          {Object.entries(REASONS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        {reason === "compromised" ? (
          <TextField label="Compromised since" type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} hint="Releases signed after this moment lose their proof of author. Empty means: all of them." />
        ) : null}
        <ProblemAlert problem={revoke.problem} />
      </Dialog>
    </>
  );
}
