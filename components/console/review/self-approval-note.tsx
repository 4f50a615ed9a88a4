import { Alert } from "#components/ui/alert.tsx";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";

interface SelfApprovalNoteProps {
  policy: ReviewBundleView["policy"];
  viewerIsSubmitter: boolean;
}

/** Says what it means that the reviewer and the submitter are one person. */
export function SelfApprovalNote({ policy, viewerIsSubmitter }: SelfApprovalNoteProps) {
  if (!viewerIsSubmitter) return null;
  if (!policy.selfApproval) {
    return (
      <Alert kind="warning" title="You submitted this yourself">
        The policy <code>{policy.name}</code> asks another person to decide.
      </Alert>
    );
  }
  return (
    <Alert kind="info" title="You submitted this yourself">
      The policy <code>{policy.name}</code> lets you decide. The record will say: <em>{policy.selfApprovalNote ?? "self-approved"}</em>.
    </Alert>
  );
}
