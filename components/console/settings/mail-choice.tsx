"use client";

import { useState } from "react";
import { CheckboxField } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { MAIL_GROUPS, OPTIONAL_GROUPS } from "#lib/mail/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";

type Group = (typeof OPTIONAL_GROUPS)[number];

/** A tick for each kind of mail; the one about the account's safety cannot be taken away. */
export function MailChoice({ muted, email }: { muted: readonly Group[]; email: string }) {
  const [off, setOff] = useState(muted);
  const save = useAction(async () => {
    await callApi("/api/v1/account/mail", { method: "PUT", json: { muted: off } });
  });
  const toggle = (group: Group, wanted: boolean) => setOff(wanted ? off.filter((other) => other !== group) : [...off, group]);
  return (
    <Panel title="Mails" aside={<span className="[overflow-wrap:anywhere]">{email}</span>}>
      <ActionForm action={save} verb="Save" primary done="Saved">
        <CheckboxField label={MAIL_GROUPS.security.label} hint={`${MAIL_GROUPS.security.meaning} Always sent.`} checked disabled readOnly />
        {OPTIONAL_GROUPS.map((group) => (
          <CheckboxField key={group} label={MAIL_GROUPS[group].label} hint={MAIL_GROUPS[group].meaning} checked={!off.includes(group)} onChange={(event) => toggle(group, event.target.checked)} />
        ))}
      </ActionForm>
    </Panel>
  );
}
