"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { LANGUAGES, type Language, type AccountProfileView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };

/** The name that others see, and the language of mails. */
export function ProfileForm({ profile }: { profile: AccountProfileView }) {
  const router = useRouter();
  const [name, setName] = useState(profile.name ?? "");
  const [language, setLanguage] = useState(profile.language);
  const [saved, setSaved] = useState(false);
  const save = useAction(async () => {
    setSaved(false);
    await callApi("/api/v1/account", { method: "PATCH", json: { name: name === "" ? null : name, language } });
    setSaved(true);
    router.refresh();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="name" hint="Shown beside your decisions and publications, in the public record for ever. Without one, a short form of the account’s id stands there." />
      <SelectField label="Language of mails" value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {LANGUAGE_NAMES[code]}
          </option>
        ))}
      </SelectField>
      <ProblemAlert problem={save.problem} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={save.busy}>
          Save
        </Button>
        <span role="status" className="text-13 text-grey-11">
          {saved ? "Saved." : ""}
        </span>
      </div>
    </form>
  );
}
