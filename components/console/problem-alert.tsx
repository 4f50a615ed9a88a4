import type { ReactNode } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { FindingList } from "#components/ui/finding.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { SignInAgain } from "#components/console/sign-in-again.tsx";

interface ProblemAlertProps {
  problem: ApiProblem | null;
  /** What the person can do about it besides reading. */
  actions?: ReactNode;
}

/** A refused request as a person should meet it: what happened, every fault with its place, and the next step. */
export function ProblemAlert({ problem, actions }: ProblemAlertProps) {
  if (problem === null) return null;
  const { title, detail, errors, requestId, status, code, extra } = problem.answer;
  const signIn = status === 401 ? <SignInAgain /> : null;
  const setUp = code === "second-factor-required" ? <LinkButton size="sm" href="/settings/security">Set up a second factor</LinkButton> : null;
  // A version that is already on its way names the submission that holds it.
  const open =
    typeof extra["submission"] === "string" ? (
      <LinkButton size="sm" href={`/submissions/${extra["submission"]}`}>
        Open that submission
      </LinkButton>
    ) : null;
  return (
    <Alert kind="error" live title={title} actions={actions || signIn || setUp || open ? <>{actions}{signIn}{setUp}{open}</> : undefined}>
      <p>
        <InlineText text={detail} />
      </p>
      {errors.length === 0 ? null : (
        <div className="mt-3">
          <FindingList problems={errors} />
        </div>
      )}
      {requestId === null ? null : (
        <p className="mt-2 text-12">
          Request <code>{requestId}</code>
        </p>
      )}
    </Alert>
  );
}
