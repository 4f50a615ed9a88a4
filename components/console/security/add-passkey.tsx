"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import { ActionForm } from "#components/console/action-form.tsx";
import { addPasskey } from "#components/console/step-up/answer-passkey.ts";
import { useAction } from "#components/console/use-action.ts";

/** Names a new passkey and has the browser make it. */
export function AddPasskey({ first }: { first: boolean }) {
  const router = useRouter();
  const [name, setName] = useState("");
  const adding = useAction(async () => {
    await addPasskey(name);
    setName("");
    router.refresh();
  });
  return (
    <ActionForm action={adding} verb="Add a passkey" primary={first} incomplete={name.trim() === ""} className="max-w-form">
      <TextField label="Name of the new passkey" required maxLength={60} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} hint="So that you know later which one it is, such as “Laptop”." />
    </ActionForm>
  );
}
