"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import { TextareaField, TextField } from "#components/ui/field.tsx";
import type { PublisherProfileView } from "#lib/teams/schema.ts";

/** What the publisher's page says about it. */
export function ProfileForm({ profile }: { profile: PublisherProfileView }) {
  const router = useRouter();
  const [name, setName] = useState(profile.name);
  const [description, setDescription] = useState(profile.description ?? "");
  const [website, setWebsite] = useState(profile.website ?? "");
  const save = useAction(async () => {
    await callApi(`/api/v1/publishers/${profile.slug}`, { method: "PATCH", json: { name, description, website } });
    router.refresh();
  });
  return (
    <ActionForm action={save} verb="Save" done="Saved">
      <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={80} />
      <TextareaField label="Description" rows={3} value={description} onChange={(event) => setDescription(event.target.value)} maxLength={1000} />
      <TextField label="Website" type="url" value={website} onChange={(event) => setWebsite(event.target.value)} maxLength={300} placeholder="https://" hint="Shown as a link. It proves nothing; a proven domain does." />
    </ActionForm>
  );
}
