"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Ends the other sessions, or this one with them. */
export function SignOutEverywhere({ others }: { others: number }) {
  const router = useRouter();
  const end = useAction(async (keepThis: boolean) => {
    await callApi("/api/v1/sessions/end-all", { method: "POST", json: { keepThis } });
    if (keepThis) router.refresh();
    else location.assign("/sign-in");
  });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button pending={end.busy} disabled={others === 0} onClick={() => void end.run(true)}>
          Sign out everywhere else
        </Button>
        <Button variant="danger" pending={end.busy} onClick={() => void end.run(false)}>
          Sign out everywhere
        </Button>
      </div>
      <ProblemAlert problem={end.problem} />
    </div>
  );
}
