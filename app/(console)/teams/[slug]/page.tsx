import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { TeamView } from "#components/console/teams/team-view.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { listInvitations, listMembers, listTransfers, readTeam } from "#lib/teams/index.ts";
import { listNames } from "#lib/trust/index.ts";
import { requireViewer } from "../../../_session.ts";
import { StatusPage } from "../../../_status-page.tsx";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const person = await requireViewer(`/teams/${slug}`);
  const deps = await runtime();
  const team = await readTeam(deps, person.id, slug);
  if (team === null) return <StatusPage status={404} />;
  const [members, invitations, names, transfers] = await Promise.all([listMembers(deps, slug), team.role === "owner" ? listInvitations(deps, slug) : [], listNames(deps.db, slug), listTransfers(deps, slug)]);
  const owned = person.publishers.filter((publisher) => publisher.role === "owner").map((publisher) => publisher.slug);
  return (
    <ConsolePage title={team.name} lead={<>You are {team.role} of <code>{slug}</code>.</>} actions={<><LinkButton href={`/teams/${slug}/trusted-publishing`}>Trusted publishing</LinkButton><LinkButton href={`/publishers/${slug}`}>Public page</LinkButton></>}>
      <TeamView team={team} viewerId={person.id} owned={owned} members={members} invitations={invitations} names={names} transfers={transfers} />
    </ConsolePage>
  );
}
