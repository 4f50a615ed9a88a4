"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import type { SessionSummaryView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Signs another device out at once; nothing is lost by it. */
export function EndSession({ session }: { session: SessionSummaryView }) {
  const router = useRouter();
  const end = useAction(async () => {
    await callApi(`/api/v1/sessions/${session.id}`, { method: "DELETE" });
    router.refresh();
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button size="sm" aria-label={`Sign out ${session.device ?? "unknown program"}`} pending={end.busy} onClick={() => void end.run()}>
        Sign out
      </Button>
      <ProblemAlert problem={end.problem} />
    </div>
  );
}
