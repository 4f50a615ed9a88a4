"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Puts a message that did not leave into the queue again. */
export function RetryMail({ id, subject }: { id: string; subject: string }) {
  const router = useRouter();
  const retry = useAction(async () => {
    await callApi(`/api/v1/admin/mail/${id}/retry`, { method: "POST" });
    router.refresh();
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button size="sm" aria-label={`Send “${subject}” again`} pending={retry.busy} onClick={() => void retry.run()}>
        Try again
      </Button>
      <ProblemAlert problem={retry.problem} />
    </div>
  );
}
