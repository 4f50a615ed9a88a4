"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { FactorsSummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { downloadText } from "#components/console/download-text.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

const FEW = 3;

interface RecoveryPanelProps {
  codes: FactorsSummaryView["recoveryCodes"];
  /** Whether there is a factor that the codes could stand in for. */
  ready: boolean;
}

/** Recovery codes: how many are left, new ones, and the new ones themselves this one time. */
export function RecoveryPanel({ codes, ready }: RecoveryPanelProps) {
  const router = useRouter();
  const [made, setMade] = useState<readonly string[] | null>(null);
  const make = useAction(async () => {
    const answer = await callApi<{ codes: string[] }>("/api/v1/factors/recovery-codes", { method: "POST" });
    setMade(answer.codes);
    router.refresh();
  });
  return (
    <Panel title="Recovery codes" aside={codes === null ? undefined : `${codes.left} left`}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-14 text-grey-11">For the day a device is lost: each code stands in for a second factor once. Keep them on paper or in a password manager, away from your devices.</p>
        {made === null ? <Standing codes={codes} ready={ready} /> : <NewCodes codes={made} onDone={() => setMade(null)} />}
        {ready && made === null ? (
          <div className="flex flex-col items-start gap-3">
            <Button pending={make.busy} onClick={() => void make.run()}>
              {codes === null ? "Make recovery codes" : "Replace them by new codes"}
            </Button>
            <ProblemAlert problem={make.problem} />
          </div>
        ) : null}
      </div>
    </Panel>
  );
}

function Standing({ codes, ready }: RecoveryPanelProps) {
  if (!ready) return <p className="text-14">They come after a passkey or an authenticator app: set one up first.</p>;
  if (codes === null) return <Alert kind="warning" title="You have no recovery codes">Without them a lost device locks you out of approvals, keys and tokens.</Alert>;
  if (codes.left <= FEW) return <Alert kind="warning" title={codes.left === 0 ? "All recovery codes are used" : `Only ${codes.left} recovery ${codes.left === 1 ? "code is" : "codes are"} left`}>Make new ones before you need them.</Alert>;
  return null;
}

function NewCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  return (
    <Alert
      kind="success"
      live
      title="Keep these codes now: they are not shown again."
      actions={
        <>
          <Button size="sm" onClick={() => downloadText("kos-recovery-codes.txt", `${text}\n`)}>
            Download
          </Button>
          <Button size="sm" onClick={onDone}>
            I have kept them
          </Button>
        </>
      }
    >
      <CodeBlock label="recovery codes" code={text} className="mt-2" />
    </Alert>
  );
}
