"use client";

import { Fingerprint } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { FactorsSummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { SignInAgain } from "#components/console/sign-in-again.tsx";
import { answerPasskey } from "#components/console/step-up/answer-passkey.ts";
import { CodeForm } from "#components/console/step-up/code-form.tsx";
import { useAction } from "#components/console/use-action.ts";

/** The factors of the account, the quickest first; without any, a fresh sign-in stands in. */
export function StepUpChoices({ factors, onProven }: { factors: FactorsSummaryView; onProven: () => void }) {
  const passkeys = factors.passkeys.length > 0;
  const prove = (path: string) => async (code: string) => {
    await callApi(path, { method: "POST", json: { code } });
    onProven();
  };
  if (!passkeys && factors.totp === null) return <NoFactor />;
  return (
    <>
      {passkeys ? <PasskeyChoice onProven={onProven} /> : null}
      {factors.totp === null ? null : <CodeForm kind="totp" autoFocus={!passkeys} action="Confirm" send={prove("/api/v1/step-up/totp")} />}
      {(factors.recoveryCodes?.left ?? 0) === 0 ? null : (
        <Disclosure title="Use a recovery code">
          <CodeForm kind="recovery" action="Use this code" send={prove("/api/v1/step-up/recovery-code")} />
        </Disclosure>
      )}
    </>
  );
}

function PasskeyChoice({ onProven }: { onProven: () => void }) {
  const proving = useAction(async () => {
    await answerPasskey("/api/v1/step-up/passkey");
    onProven();
  });
  return (
    <div className="flex flex-col items-start gap-3">
      <Button autoFocus variant="primary" icon={<Fingerprint aria-hidden className="size-4" />} pending={proving.busy} onClick={() => void proving.run()}>
        Use a passkey
      </Button>
      <ProblemAlert problem={proving.problem} />
    </div>
  );
}

function NoFactor() {
  return (
    <div className="flex flex-col items-start gap-3 text-14 text-grey-11">
      <p>Your account has no second factor, so a sign-in within the last hour is asked for. Sign in again, then come back and repeat the step: what you typed stays here. A second factor saves the way.</p>
      <div className="flex flex-wrap gap-2">
        <SignInAgain />
        <LinkButton size="sm" href="/settings/security">Second factors</LinkButton>
      </div>
    </div>
  );
}
