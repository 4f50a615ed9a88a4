import { CircleCheck, CirclePause, Clock } from "lucide-react";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { PROVIDER_NAMES, workflowSnippet } from "#components/console/workflows/workflow-snippet.ts";
import { Badge } from "#components/ui/badge.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { ExactDate, RelativeTime } from "#components/ui/relative-time.tsx";
import type { TrustedWorkflowDetail } from "#lib/workflows/schema.ts";

interface CardProps {
  slug: string;
  registry: string;
  workflow: TrustedWorkflowDetail;
  mayChange: boolean;
}

/** One trusted workflow: what it may publish, under which rules, and the job to copy. */
export function WorkflowCard({ slug, registry, workflow, mayChange }: CardProps) {
  const path = `/api/v1/publishers/${slug}/trusted-workflows/${workflow.id}`;
  const name = `${workflow.workflow} of ${workflow.repository}`;
  return (
    <li className="flex min-w-0 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 font-mono text-14 font-medium break-all">{workflow.repository}</h3>
        <WorkflowState workflow={workflow} />
      </div>
      <p className="text-13 text-grey-11">
        {PROVIDER_NAMES[workflow.provider]}, <code className="break-all">{workflow.workflow}</code>
        {workflow.environment === null ? ", in any environment" : <>, environment <code>{workflow.environment}</code></>}
        {workflow.ref === null ? ", on protected refs" : <>, on <code className="break-all">{workflow.ref}</code> where it is protected</>}
        {workflow.selfHosted ? ", self-hosted runners too" : null}. Publishes {workflow.listing === null ? "every listing of the publisher" : <code>{workflow.listing}</code>}
        {workflow.pending ? ", which does not exist yet" : null}.
      </p>
      <p className="text-13 text-grey-11">
        Added by {workflow.addedBy ?? "a deleted account"} on <ExactDate at={workflow.createdAt} />.{" "}
        {workflow.lastUsedAt === null ? "The repository's own number is kept at the first use." : <>Last used <RelativeTime at={workflow.lastUsedAt} />, by repository number <code>{workflow.repositoryId}</code>.</>}
      </p>
      <Disclosure title="The job to copy">
        <CodeBlock code={workflowSnippet({ provider: workflow.provider, registry, publisher: slug, environment: workflow.environment })} label={`job of ${name}`} />
      </Disclosure>
      {mayChange ? (
        <div className="flex flex-wrap gap-2">
          {workflow.state === "resting" ? <ConfirmButton label="Confirm" name={`Confirm ${name}`} title={`Let ${name} publish in your name?`} description="Whoever added it is no owner any more. From now on you stand behind what it publishes." verb="Confirm" keep="Leave it resting" path={`${path}/confirm`} /> : null}
          <ConfirmButton label="Remove" name={`Remove ${name}`} title={`Remove ${name}?`} description="It publishes nothing from now on; tokens that workflows of this publisher hold at the moment end too." verb="Remove it" keep="Keep it" path={path} method="DELETE" danger />
        </div>
      ) : null}
    </li>
  );
}

function WorkflowState({ workflow }: { workflow: TrustedWorkflowDetail }) {
  if (workflow.state === "resting") return <Badge tone="red" icon={<CirclePause aria-hidden />}>resting</Badge>;
  if (workflow.lastUsedAt === null) return <Badge tone="amber" icon={<Clock aria-hidden />}>not used yet</Badge>;
  return <Badge tone="green" icon={<CircleCheck aria-hidden />}>active</Badge>;
}
