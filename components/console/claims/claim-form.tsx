"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import { SelectField, TextareaField, TextField } from "#components/ui/field.tsx";
import type { CLAIM_KINDS } from "#lib/teams/schema.ts";

type Kind = (typeof CLAIM_KINDS)[number];

interface ClaimFormProps {
  kind: Kind;
  subject: string;
  /** Publishers that the reader owns. */
  owned: readonly { slug: string; name: string }[];
}

/** Asks for a community-maintained listing or a dormant publisher. */
export function ClaimForm({ kind: givenKind, subject: givenSubject, owned }: ClaimFormProps) {
  const router = useRouter();
  const [kind, setKind] = useState<Kind>(givenKind);
  const [subject, setSubject] = useState(givenSubject);
  const [publisher, setPublisher] = useState(owned[0]?.slug ?? "");
  const [evidence, setEvidence] = useState("");
  const file = useAction(async () => {
    await callApi("/api/v1/claims", { method: "POST", json: { kind, subject, evidence, ...(kind === "listing" ? { publisher } : {}) } });
    setEvidence("");
    router.push("/claims");
    router.refresh();
  });
  return (
    <ActionForm action={file} verb="File claim" primary>
      <SelectField label="What" value={kind} onChange={(event) => setKind(event.target.value as Kind)} hint={kind === "listing" ? "A community-maintained listing of your service, whose domain you proved." : "A publisher that nobody used for a year. Its owners have 30 days to object."}>
        <option value="listing">A listing</option>
        <option value="publisher">A dormant publisher</option>
      </SelectField>
      <TextField label={kind === "listing" ? "Id of the listing" : "Name of the publisher"} mono value={subject} onChange={(event) => setSubject(event.target.value)} required maxLength={64} autoComplete="off" />
      {kind === "listing" ? (
        <SelectField label="For your publisher" value={publisher} onChange={(event) => setPublisher(event.target.value)}>
          {owned.map((one) => (
            <option key={one.slug} value={one.slug}>
              {one.name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TextareaField label="Why it should be yours" rows={3} value={evidence} onChange={(event) => setEvidence(event.target.value)} required maxLength={2000} />
    </ActionForm>
  );
}
