"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";

/** Begins to prove a domain. */
export function AddNameForm({ slug }: { slug: string }) {
  const router = useRouter();
  const [domain, setDomain] = useState("");
  const [method, setMethod] = useState("dns");
  const add = useAction(async () => {
    await callApi(`/api/v1/publishers/${slug}/names`, { method: "POST", json: { domain, method } });
    setDomain("");
    router.refresh();
  });
  return (
    <ActionForm action={add} verb="Add domain">
      <TextField label="Domain" mono value={domain} onChange={(event) => setDomain(event.target.value)} required maxLength={300} autoComplete="off" placeholder="tools.example.org" />
      <SelectField label="Proof" value={method} onChange={(event) => setMethod(event.target.value)}>
        <option value="dns">a TXT record in its DNS</option>
        <option value="well-known">a file on its website</option>
      </SelectField>
    </ActionForm>
  );
}
