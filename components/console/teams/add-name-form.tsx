"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { Button } from "#components/ui/button.tsx";
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add.run();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label="Domain" mono value={domain} onChange={(event) => setDomain(event.target.value)} required maxLength={300} autoComplete="off" placeholder="tools.example.org" />
      <SelectField label="Proof" value={method} onChange={(event) => setMethod(event.target.value)}>
        <option value="dns">a TXT record in its DNS</option>
        <option value="well-known">a file on its website</option>
      </SelectField>
      <ProblemAlert problem={add.problem} />
      <div>
        <Button type="submit" pending={add.busy}>
          Add domain
        </Button>
      </div>
    </form>
  );
}
