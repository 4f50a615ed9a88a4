"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void adding.run();
  };
  return (
    <form onSubmit={submit} className="flex max-w-form flex-col gap-3">
      <TextField label="Name of the new passkey" required maxLength={60} autoComplete="off" placeholder="Laptop" value={name} onChange={(event) => setName(event.target.value)} hint="So that you know later which one it is." />
      <ProblemAlert problem={adding.problem} />
      <div>
        <Button type="submit" variant={first ? "primary" : "secondary"} pending={adding.busy} disabled={name.trim() === ""}>
          Add a passkey
        </Button>
      </div>
    </form>
  );
}
