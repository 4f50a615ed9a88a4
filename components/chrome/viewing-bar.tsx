"use client";

import { Eye } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ViewRole } from "#lib/accounts/schema.ts";
import { Button } from "#components/ui/button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Above every page while an administrator sees the site as someone of a lesser role would, with the way back. */
export function ViewingBar({ role }: { role: ViewRole }) {
  const router = useRouter();
  const leave = useAction(async () => {
    await callApi("/api/v1/session/view-as", { method: "POST", json: { role: null } });
    router.refresh();
  });
  return (
    <div role="status" className="border-b border-violet-line bg-violet-tint text-14">
      <div className="page flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
        <Eye aria-hidden className="size-4 shrink-0 text-violet-ink" />
        <span>
          You see the site as <span className="font-medium">{role}</span>.
        </span>
        <Button size="sm" pending={leave.busy} onClick={() => void leave.run()}>
          Leave this view
        </Button>
        <ProblemAlert problem={leave.problem} />
      </div>
    </div>
  );
}
