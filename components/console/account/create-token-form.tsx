"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CheckboxField, SelectField, TextField } from "#components/ui/field.tsx";
import type { TokenScope, TokenSummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import type { ScopeChoice } from "#components/console/account/grantable-scopes.ts";

export interface CreatedToken {
  /** The secret itself: `kos_…`. The registry keeps only a hash, so this is the one time it is known. */
  token: string;
  item: TokenSummaryView;
}

const LIFETIMES = [
  { days: 1, label: "1 day" },
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
] as const;
/** A token with one of these ends after a day. */
const SHORT: readonly TokenScope[] = ["admin", "review:decide"];

/** Name, scopes and lifetime of a new token. */
export function CreateTokenForm({ scopes, onCreated }: { scopes: readonly ScopeChoice[]; onCreated: (created: CreatedToken) => void }) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly TokenScope[]>(["publish"]);
  const [days, setDays] = useState(30);
  const [listings, setListings] = useState("");
  const lifetimes = chosen.some((scope) => SHORT.includes(scope)) ? LIFETIMES.filter((lifetime) => lifetime.days === 1) : LIFETIMES;
  const lasting = lifetimes.some((lifetime) => lifetime.days === days) ? days : 1;
  const create = useAction(async () => {
    const created = await callApi<CreatedToken>("/api/v1/tokens", { method: "POST", json: { name, scopes: chosen, expiresInDays: lasting, listings: listings.split(/[\s,]+/).filter((slug) => slug !== "") } });
    onCreated(created);
    setName("");
    setListings("");
    router.refresh();
  });
  const toggle = (scope: TokenScope, on: boolean) => setChosen(on ? [...chosen, scope] : chosen.filter((other) => other !== scope));
  return (
    <ActionForm action={create} verb="Create token" primary incomplete={chosen.length === 0}>
      <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={80} placeholder="Build server" autoComplete="off" hint="So that you know later what uses it." />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-13 font-medium">Scopes</legend>
        {scopes.map(({ scope, label, meaning }) => (
          <CheckboxField key={scope} label={label} hint={meaning} checked={chosen.includes(scope)} onChange={(event) => toggle(scope, event.target.checked)} />
        ))}
      </fieldset>
      <TextField label="Only for these listings" mono value={listings} onChange={(event) => setListings(event.target.value)} placeholder="tide-table harbour-lights" autoComplete="off" spellCheck={false} hint="Ids of yours, or free names it may publish first. Empty: all of yours." />
      <SelectField label="Expires after" value={lasting} onChange={(event) => setDays(Number(event.target.value))}>
        {lifetimes.map((lifetime) => (
          <option key={lifetime.days} value={lifetime.days}>
            {lifetime.label}
          </option>
        ))}
      </SelectField>
    </ActionForm>
  );
}
