"use client";

import { useRouter } from "next/navigation";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { Button } from "#components/ui/button.tsx";

/** Yes or no to an invitation, named by the mailed token or by its id. */
export function AnswerInvitation({ which, publisher }: { which: { token: string } | { id: string }; publisher: { slug: string; name: string } }) {
  const router = useRouter();
  const accept = useAction(async () => {
    await callApi("/api/v1/invitations/accept", { method: "POST", json: which });
    router.push(`/teams/${publisher.slug}`);
    router.refresh();
  });
  const decline = useAction(async () => {
    await callApi("/api/v1/invitations/decline", { method: "POST", json: which });
    router.push("/teams");
    router.refresh();
  });
  return (
    <div className="flex flex-col gap-3">
      <ProblemAlert problem={accept.problem ?? decline.problem} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" aria-label={`Join ${publisher.name}`} pending={accept.busy} onClick={() => void accept.run()}>
          Join
        </Button>
        <Button aria-label={`Decline ${publisher.name}`} pending={decline.busy} onClick={() => void decline.run()}>
          Decline
        </Button>
      </div>
    </div>
  );
}
