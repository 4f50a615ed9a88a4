"use client";

import { useState, type ReactNode } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

const ANSWERS = {
  "confirm-email": { path: "email/confirm", button: "Use this address", title: (email: string) => `${email} is your address now`, said: "The old one was told, and can take it back for seven days.", onward: { href: "/settings", label: "Back to your profile" } },
  "undo-email": { path: "email/undo", button: "Take the change back", title: (email: string) => `${email} is the account’s address again`, said: "Every session was ended, and what was added since the change was taken away. Sign in again with this address.", onward: { href: "/sign-in", label: "Sign in" } },
  "undo-factor": { path: "factors/undo", button: "This was not me: take it away", title: () => "The second factor is gone", said: "Every session was ended, and what was added since a week before was taken away. Sign in again, then look at your keys and publishers.", onward: { href: "/sign-in", label: "Sign in" } },
} as const;

/** One button that spends the link of a message: a visit alone, as mail scanners make, does not. What stands before it goes once it is answered. */
export function LinkAnswer({ answer, token, children }: { answer: keyof typeof ANSWERS; token: string; children?: ReactNode }) {
  const { path, button, title, said, onward } = ANSWERS[answer];
  const [email, setEmail] = useState<string | null>(null);
  const spend = useAction(async () => {
    setEmail((await callApi<{ email: string }>(`/api/v1/account/${path}`, { method: "POST", json: { token } })).email);
  });
  if (email !== null) {
    return (
      <Alert kind="success" live title={title(email)} actions={<LinkButton size="sm" href={onward.href}>{onward.label}</LinkButton>}>
        <p>{said}</p>
      </Alert>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {children}
      <ProblemAlert problem={spend.problem} />
      <div>
        <Button variant="primary" pending={spend.busy} onClick={() => void spend.run()}>
          {button}
        </Button>
      </div>
    </div>
  );
}
