import type { ReactElement, ReactNode } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { FindingList } from "#components/ui/finding.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { ApiProblem, ProblemAnswer } from "#components/console/api/api-problem.ts";
import { SignInAgain } from "#components/console/sign-in-again.tsx";

interface ProblemAlertProps {
  problem: ApiProblem | null;
  /** What the person can do about it besides reading. */
  actions?: ReactNode;
}

/** A refused request as a person should meet it: what happened, every fault with its place, and the next step. */
export function ProblemAlert({ problem, actions }: ProblemAlertProps) {
  if (problem === null) return null;
  const { title, detail, errors, requestId, status } = problem.answer;
  const fields = errors.length > 0 && errors.every(({ code }) => code === "input.invalid");
  const steps = nextSteps(problem.answer);
  return (
    <Alert kind="error" live title={fields ? "Not accepted" : title} actions={actions || steps.length > 0 ? <>{actions}{steps}</> : undefined}>
      {fields ? (
        <FieldFaults details={errors.map((error) => error.detail)} />
      ) : (
        <p>
          <InlineText text={detail} />
        </p>
      )}
      {fields || errors.length === 0 ? null : (
        <div className="mt-3">
          <FindingList problems={errors} />
        </div>
      )}
      {requestId === null || (fields && status === 400) ? null : (
        <p className="mt-2 text-12">
          Request <code>{requestId}</code>
        </p>
      )}
    </Alert>
  );
}

/** Faults of a form's fields, which stand in sight: their sentences are enough. */
function FieldFaults({ details }: { details: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {[...new Set(details)].map((detail) => (
        <li key={detail}>
          <InlineText text={detail} />
        </li>
      ))}
    </ul>
  );
}

function nextSteps({ status, code, extra }: ProblemAnswer): ReactElement[] {
  const { submission, publishers } = extra;
  const link = (href: string, label: string) => (
    <LinkButton key={href} size="sm" href={href}>
      {label}
    </LinkButton>
  );
  return [
    ...(status === 401 ? [<SignInAgain key="sign-in" />] : []),
    ...(code === "second-factor-required" ? [link("/settings/security", "Set up a second factor")] : []),
    // A version that is already on its way names the submission that holds it.
    ...(typeof submission === "string" ? [link(`/submissions/${submission}`, "Open that submission")] : []),
    // Publishers that would be left without an owner are named.
    ...(Array.isArray(publishers) ? publishers.map((slug) => link(`/teams/${slug}`, `Open ${slug}`)) : []),
  ];
}
