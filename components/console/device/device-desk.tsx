"use client";

import { useEffect, useRef, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { TextField } from "#components/ui/field.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { DeviceGrantView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { DeviceAnswer } from "#components/console/device/device-answer.tsx";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";

/** The short code, then what asks under it, then the answer. */
export function DeviceDesk({ code }: { code: string }) {
  const [typed, setTyped] = useState(code);
  const [grant, setGrant] = useState<DeviceGrantView | null>(null);
  const [answer, setAnswer] = useState<"approved" | "denied" | null>(null);
  const lookUp = useAction(async () => setGrant(await callApi<DeviceGrantView>("/api/v1/device/lookup", { method: "POST", json: { userCode: typed } })));
  const looked = useRef(false);
  useEffect(() => {
    // A code that came with the address is looked up at once; approving it still takes reading it and a press.
    if (code === "" || looked.current) return;
    looked.current = true;
    void lookUp.run();
  }, [code, lookUp]);
  if (answer === "approved")
    return (
      <Alert kind="success" live title="The device is signed in" actions={<LinkButton size="sm" href="/tokens">See its token</LinkButton>}>
        <p>The command line goes on by itself within seconds. Its token stands among your tokens, where you can revoke it.</p>
      </Alert>
    );
  if (answer === "denied")
    return (
      <Alert kind="info" live title="Denied">
        <p>What asked got nothing, and the code is spent.</p>
      </Alert>
    );
  if (grant !== null) return <DeviceAnswer grant={grant} onAnswer={setAnswer} onBack={() => setGrant(null)} />;
  return (
    <ActionForm action={lookUp} verb="Continue" primary>
      <TextField label="Code" mono value={typed} onChange={(event) => setTyped(event.target.value)} required maxLength={16} placeholder="BCDF-GHJK" autoComplete="off" autoCapitalize="characters" spellCheck={false} hint="As the terminal shows it. It lasts ten minutes." />
    </ActionForm>
  );
}
