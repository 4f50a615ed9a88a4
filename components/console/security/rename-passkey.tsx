"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import type { PasskeySummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { DialogForm } from "#components/console/dialog-form.tsx";

/** Gives a passkey another name. */
export function RenamePasskey({ passkey }: { passkey: PasskeySummaryView }) {
  const router = useRouter();
  const [name, setName] = useState(passkey.name);
  const rename = async () => {
    await callApi(`/api/v1/factors/passkeys/${passkey.id}`, { method: "PATCH", json: { name } });
    router.refresh();
  };
  return (
    <DialogForm variant="ghost" label="Rename" name={`Rename ${passkey.name}`} title="Rename this passkey" verb="Save name" incomplete={name.trim() === ""} perform={rename} onOpen={() => setName(passkey.name)}>
      <TextField label="Name" required maxLength={60} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
    </DialogForm>
  );
}
