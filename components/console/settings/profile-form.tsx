"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { LANGUAGES, type Language, type AccountProfileView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";

const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };

/** The name that others see, and the language of mails. */
export function ProfileForm({ profile }: { profile: AccountProfileView }) {
  const router = useRouter();
  const [name, setName] = useState(profile.name ?? "");
  const [language, setLanguage] = useState(profile.language);
  const save = useAction(async () => {
    await callApi("/api/v1/account", { method: "PATCH", json: { name: name === "" ? null : name, language } });
    router.refresh();
  });
  return (
    <ActionForm action={save} verb="Save" primary done="Saved" className="max-w-form">
      <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="name" hint="Shown beside your decisions and publications, in the public record for ever. Without one, a short form of the account’s id stands there." />
      <SelectField label="Language of mails" value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {LANGUAGE_NAMES[code]}
          </option>
        ))}
      </SelectField>
    </ActionForm>
  );
}
