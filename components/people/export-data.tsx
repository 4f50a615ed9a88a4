"use client";

import { Button } from "#components/ui/button.tsx";
import { callApiForText } from "#components/console/api/call-api.ts";
import { downloadText } from "#components/console/download-text.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Hands everything that is kept about the account over as one file. */
export function ExportData() {
  const load = useAction(async () => {
    downloadText("kos-account.json", await callApiForText("/api/v1/account/export"));
  });
  return (
    <div className="flex flex-col items-start gap-3">
      <Button pending={load.busy} onClick={() => void load.run()}>
        Download my data
      </Button>
      <ProblemAlert problem={load.problem} />
    </div>
  );
}
