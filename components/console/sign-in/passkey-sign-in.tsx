"use client";

import { Fingerprint } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { answerPasskey } from "#components/console/step-up/answer-passkey.ts";
import { useAction } from "#components/console/use-action.ts";

/** Signs in with a passkey alone: the browser offers the accounts that it keeps one for. */
export function PasskeySignIn({ callbackUrl }: { callbackUrl: string }) {
  const signIn = useAction(async () => {
    await answerPasskey("/api/v1/session/passkey");
    // A whole load, so that every part of the page is read with the new session.
    window.location.assign(callbackUrl);
  });
  return (
    <div className="needs-script flex flex-col items-start gap-3">
      <Button icon={<Fingerprint aria-hidden className="size-4" />} pending={signIn.busy} onClick={() => void signIn.run()}>
        Sign in with a passkey
      </Button>
      <ProblemAlert problem={signIn.problem} />
    </div>
  );
}
