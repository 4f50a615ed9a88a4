"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { TotpSetup } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { CodeForm } from "#components/console/step-up/code-form.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Shows a new secret as QR code and text, and takes the first code. */
export function SetUpTotp() {
  const router = useRouter();
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const begin = useAction(async () => setSetup(await callApi<TotpSetup>("/api/v1/factors/totp", { method: "POST" })));
  const confirm = async (code: string) => {
    await callApi("/api/v1/factors/totp/confirm", { method: "POST", json: { code } });
    router.refresh();
  };
  if (setup === null) {
    return (
      <div className="flex flex-col items-start gap-3">
        <Button pending={begin.busy} onClick={() => void begin.run()}>
          Set up an app
        </Button>
        <ProblemAlert problem={begin.problem} />
      </div>
    );
  }
  return (
    <div className="grid items-start gap-5 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <img src={`data:image/svg+xml,${encodeURIComponent(setup.qr)}`} alt="QR code of the secret; the same stands beside it as text" width={192} height={192} className="rounded-md border" />
      <div className="flex min-w-0 flex-col gap-4">
        <p className="text-14">Scan the code with the app, or type the secret into it. Then enter the six digits that the app shows.</p>
        <CodeBlock label="secret" code={setup.secret.replace(/.{4}(?=.)/g, "$& ")} wrap />
        <CodeForm kind="totp" action="Confirm and use it" send={confirm} />
      </div>
    </div>
  );
}
