"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Gives one failed job another attempt. */
export function RetryJob({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const retry = useAction(async () => {
    await callApi(`/api/v1/admin/jobs/${id}/retry`, { method: "POST" });
    router.refresh();
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button size="sm" aria-label={`Try ${name} again`} pending={retry.busy} onClick={() => void retry.run()}>
        Try again
      </Button>
      <ProblemAlert problem={retry.problem} />
    </div>
  );
}
