"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import { PROVIDER_NAMES } from "#components/console/workflows/workflow-snippet.ts";
import { CheckboxField, SelectField, TextField } from "#components/ui/field.tsx";

export interface IssuerChoice {
  provider: "github" | "gitlab" | "generic";
  url: string;
}

const EMPTY = { repository: "", workflow: "", environment: "", ref: "", listing: "" };

/** Adds a build workflow to those that may publish. */
export function TrustWorkflowForm({ slug, issuers, listings }: { slug: string; issuers: readonly IssuerChoice[]; listings: readonly string[] }) {
  const router = useRouter();
  const [issuer, setIssuer] = useState(issuers[0]?.url ?? "");
  const [fields, setFields] = useState(EMPTY);
  const [selfHosted, setSelfHosted] = useState(false);
  const add = useAction(async () => {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));
    await callApi(`/api/v1/publishers/${slug}/trusted-workflows`, { method: "POST", json: { issuer, ...given, selfHosted } });
    setFields(EMPTY);
    setSelfHosted(false);
    router.refresh();
  });
  const text = (name: keyof typeof EMPTY) => ({ mono: true, value: fields[name], autoComplete: "off", maxLength: 255, onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }) });
  const provider = issuers.find(({ url }) => url === issuer)?.provider ?? "generic";
  return (
    <ActionForm action={add} verb="Trust workflow" primary>
      <SelectField label="Runs on" value={issuer} onChange={(event) => setIssuer(event.target.value)}>
        {issuers.map(({ provider: kind, url }) => (
          <option key={url} value={url}>
            {PROVIDER_NAMES[kind]} ({new URL(url).host})
          </option>
        ))}
      </SelectField>
      <TextField label="Repository" {...text("repository")} required placeholder="owner/name" />
      <TextField label="Workflow file" {...text("workflow")} required placeholder={provider === "gitlab" ? ".gitlab-ci.yml" : "release.yml"} />
      <TextField label="Environment" hint="Optional, and the strongest rule: only jobs in this environment publish." {...text("environment")} placeholder="release" />
      <TextField label="Ref" hint="Optional. A protected branch or tag is needed in any case." {...text("ref")} placeholder="refs/tags/v*" />
      <TextField label="Listing" hint="Optional, and it need not exist yet. Empty: every listing of the publisher." {...text("listing")} list="own-listings" placeholder="tide-table" />
      <datalist id="own-listings">
        {listings.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <CheckboxField label="Self-hosted runners too" hint="Only where each job gets a fresh machine." checked={selfHosted} onChange={(event) => setSelfHosted(event.target.checked)} />
    </ActionForm>
  );
}
