"use client";

import { useState } from "react";
import type { FormEvent } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { MAIL_GROUPS, OPTIONAL_GROUPS } from "#lib/mail/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

type Group = (typeof OPTIONAL_GROUPS)[number];

/** A tick for each kind of mail; the one about the account's safety cannot be taken away. */
export function MailChoice({ muted, email }: { muted: readonly Group[]; email: string }) {
  const [off, setOff] = useState(muted);
  const [saved, setSaved] = useState(false);
  const save = useAction(async () => {
    await callApi("/api/v1/account/mail", { method: "PUT", json: { muted: off } });
    setSaved(true);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaved(false);
    void save.run();
  };
  const toggle = (group: Group, wanted: boolean) => {
    setSaved(false);
    setOff(wanted ? off.filter((other) => other !== group) : [...off, group]);
  };
  return (
    <Panel title="Mails" aside={<span className="[overflow-wrap:anywhere]">{email}</span>}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <CheckboxField label={MAIL_GROUPS.security.label} hint={`${MAIL_GROUPS.security.meaning} Always sent.`} checked disabled readOnly />
        {OPTIONAL_GROUPS.map((group) => (
          <CheckboxField key={group} label={MAIL_GROUPS[group].label} hint={MAIL_GROUPS[group].meaning} checked={!off.includes(group)} onChange={(event) => toggle(group, event.target.checked)} />
        ))}
        <ProblemAlert problem={save.problem} />
        {saved ? <Alert kind="success" live title="Saved" /> : null}
        <div>
          <Button type="submit" variant="primary" pending={save.busy}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}
