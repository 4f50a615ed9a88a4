"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { KeyKeeping } from "#components/console/keys/key-keeping.tsx";
import { useKeyMaking } from "#components/console/keys/use-key-making.ts";

interface MakeKeyPanelProps {
  publisher: { slug: string; name: string };
  email: string;
}

/** Makes a signing key in the browser; says plainly where each half goes. */
export function MakeKeyPanel({ publisher, email: ownEmail }: MakeKeyPanelProps) {
  const { making, make, registerAgain } = useKeyMaking(publisher.slug);
  const [name, setName] = useState(publisher.name);
  const [email, setEmail] = useState(ownEmail);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make({ name, email });
  };
  const busy = making.phase === "making" || making.phase === "registering";
  if (making.phase === "done") {
    return (
      <Panel title="Your new signing key">
        <KeyKeeping material={making.material} publisher={publisher.slug} />
      </Panel>
    );
  }
  return (
    <Panel title="Make a key in this browser">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="flex gap-2 text-grey-11">
          <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-grey-10" />
          <span>The private half is made here and saved to your disk. It is never sent to the registry, so nobody can restore it for you: keep the file.</span>
        </p>
        <TextField label="Name on the key" value={name} onChange={(event) => setName(event.target.value)} required maxLength={80} />
        <TextField label="E-mail on the key" type="email" value={email} onChange={(event) => setEmail(event.target.value)} required hint="Public, as part of the key." />
        <div>
          <Button type="submit" variant="primary" pending={busy} className="needs-script">
            Make a signing key
          </Button>
        </div>
        <p role="status" className="sr-only">
          {making.phase === "making" ? "Making the key" : making.phase === "registering" ? "Registering the public half" : ""}
        </p>
        {making.phase === "failed" ? (
          <ProblemAlert
            problem={making.problem}
            actions={making.material === null ? undefined : <Button size="sm" onClick={() => void registerAgain()}>Register the public half again</Button>}
          />
        ) : null}
      </form>
    </Panel>
  );
}
