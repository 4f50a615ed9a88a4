"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

interface RequestButtonProps {
  label: string;
  /** Names the button where several on a page say the same. */
  name?: string;
  path: string;
  method?: "POST" | "DELETE";
  json?: unknown;
}

/** A button that sends one request without asking, since nothing is lost by it, and shows the page anew. */
export function RequestButton({ label, name, path, method = "POST", json }: RequestButtonProps) {
  const router = useRouter();
  const send = useAction(async () => {
    await callApi(path, { method, ...(json === undefined ? {} : { json }) });
    router.refresh();
  });
  return (
    <div className="inline-flex max-w-full flex-col items-start gap-2 text-left">
      <Button size="sm" aria-label={name} pending={send.busy} onClick={() => void send.run()}>
        {label}
      </Button>
      <ProblemAlert problem={send.problem} />
    </div>
  );
}
