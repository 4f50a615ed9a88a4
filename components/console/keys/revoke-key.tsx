"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SelectField, TextField } from "#components/ui/field.tsx";
import type { REVOCATION_REASONS } from "#lib/trust/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { groupFingerprint } from "#components/console/describe-amount.ts";
import { DialogForm } from "#components/console/dialog-form.tsx";

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
  const [reason, setReason] = useState<Reason>("superseded");
  const [since, setSince] = useState("");
  const revoke = async () => {
    const compromisedSince = reason === "compromised" && since !== "" ? { compromisedSince: new Date(since).toISOString() } : {};
    await callApi(`/api/v1/publishers/${publisher}/keys/${fingerprint.replaceAll("+", "-").replaceAll("/", "_")}/revoke`, { method: "POST", json: { reason, ...compromisedSince } });
    router.refresh();
  };
  return (
    <DialogForm danger label="Revoke" title="Revoke this key?" description={<>Key <code className="text-13">{groupFingerprint(fingerprint)}</code> will sign nothing more here. This cannot be undone, and the record shows it.</>} verb="Revoke key" keep="Keep the key" perform={revoke}>
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
    </DialogForm>
  );
}
