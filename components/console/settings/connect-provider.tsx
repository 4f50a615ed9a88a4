"use client";

import { signIn } from "next-auth/react";
import { Button } from "#components/ui/button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** Says that this session connects the provider, then goes there. */
export function ConnectProvider({ id, name }: { id: string; name: string }) {
  const connect = useAction(async () => {
    await callApi("/api/v1/identities/connect", { method: "POST", json: { provider: id } });
    await signIn(id, { callbackUrl: "/settings/sign-in" });
  });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Button size="sm" className="self-start" aria-label={`Connect ${name}`} pending={connect.busy} onClick={() => void connect.run()}>
        Connect
      </Button>
      <ProblemAlert problem={connect.problem} />
    </div>
  );
}
