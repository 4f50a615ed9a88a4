"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SelectField, TextareaField } from "#components/ui/field.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";

const HOURS = [
  { hours: 0, label: "Until it is ended" },
  { hours: 1, label: "An hour" },
  { hours: 24, label: "A day" },
  { hours: 168, label: "A week" },
] as const;

/** A sentence for every visitor. */
export function AnnouncementForm() {
  const router = useRouter();
  const [text, setText] = useState("");
  const [tone, setTone] = useState("info");
  const [hours, setHours] = useState(24);
  const create = useAction(async () => {
    const endsAt = hours === 0 ? null : new Date(Date.now() + hours * 3_600_000).toISOString();
    await callApi("/api/v1/admin/announcements", { method: "POST", json: { text, tone, endsAt } });
    setText("");
    router.refresh();
  });
  return (
    <ActionForm action={create} verb="Announce" primary className="max-w-form">
      <TextareaField label="Text" value={text} onChange={(event) => setText(event.target.value)} required maxLength={500} rows={2} hint="Plain text. Every visitor sees it above every page within ten seconds." />
      <div className="flex flex-wrap gap-4">
        <SelectField label="Tone" value={tone} onChange={(event) => setTone(event.target.value)}>
          <option value="info">Notice</option>
          <option value="warning">Warning</option>
        </SelectField>
        <SelectField label="Shown for" value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {HOURS.map((choice) => (
            <option key={choice.hours} value={choice.hours}>
              {choice.label}
            </option>
          ))}
        </SelectField>
      </div>
    </ActionForm>
  );
}
