import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { TrustWorkflowForm } from "#components/console/workflows/trust-workflow-form.tsx";
import { WorkflowCard } from "#components/console/workflows/workflow-card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { readTeam } from "#lib/teams/index.ts";
import { listWorkflows } from "#lib/workflows/index.ts";
import { requireViewer } from "../../../../_session.ts";
import { StatusPage } from "../../../../_status-page.tsx";

export const metadata: Metadata = { title: "Trusted publishing" };

export default async function TrustedPublishingPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const person = await requireViewer(`/teams/${slug}/trusted-publishing`);
  const deps = await runtime();
  const team = await readTeam(deps, person.id, slug);
  if (team === null) return <StatusPage status={404} />;
  const workflows = await listWorkflows(deps, slug);
  const { trustedIssuers, publicUrl } = deps.config;
  const mayChange = team.role === "owner" && team.suspended === null;
  return (
    <ConsolePage title="Trusted publishing" lead={<>Build workflows that publish for {team.name} by showing who they are. No token is stored anywhere.</>} actions={<LinkButton href={`/teams/${slug}`}>{team.name}</LinkButton>}>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {workflows.length === 0 ? (
          <EmptyState title="No workflow is trusted">
            <p>Name the repository and the workflow file, then copy the job into that file. Each run gets a token for fifteen minutes, and each version says which run published it.</p>
          </EmptyState>
        ) : (
          <ul className="flex min-w-0 flex-col divide-y rounded-md border bg-panel">
            {workflows.map((workflow) => (
              <WorkflowCard key={workflow.id} slug={slug} registry={publicUrl} workflow={workflow} mayChange={mayChange} />
            ))}
          </ul>
        )}
        {mayChange && trustedIssuers.length > 0 ? (
          <Panel title="Trust a workflow">
            <TrustWorkflowForm slug={slug} issuers={trustedIssuers} listings={team.listings.map((listing) => listing.id)} />
          </Panel>
        ) : null}
      </div>
    </ConsolePage>
  );
}
