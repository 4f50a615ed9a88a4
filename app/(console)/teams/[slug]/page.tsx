import type { Metadata } from "next";
import { Pages } from "#components/console/admin/filter-form.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { TeamView } from "#components/console/teams/team-view.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { runtime } from "#lib/runtime/index.ts";
import { listInvitations, listMembers, listTransfers, readTeam } from "#lib/teams/index.ts";
import { PageQuery } from "#lib/teams/schema.ts";
import { listNames } from "#lib/trust/index.ts";
import { requireViewer } from "../../../_session.ts";
import { StatusPage } from "../../../_status-page.tsx";
import { readFilters, type SearchParams } from "../../admin/_desk.tsx";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params, searchParams }: { params: Promise<{ slug: string }>; searchParams: SearchParams }) {
  const { slug } = await params;
  const person = await requireViewer(`/teams/${slug}`);
  const deps = await runtime();
  const team = await readTeam(deps, person.id, slug);
  if (team === null) return <StatusPage status={404} />;
  const filters = await readFilters(searchParams);
  const [members, invitations, names, transfers] = await Promise.all([listMembers(deps, slug), team.role === "owner" ? listInvitations(deps, slug) : [], listNames(deps.db, slug), listTransfers(deps, slug, PageQuery.catch(PageQuery.parse({})).parse({ cursor: filters["cursor"] }))]);
  const owned = person.publishers.filter((publisher) => publisher.role === "owner").map((publisher) => publisher.slug);
  return (
    <ConsolePage title={team.name} lead={<>You are {team.role} of <code>{slug}</code>.</>} actions={<><LinkButton href={`/teams/${slug}/trusted-publishing`}>Trusted publishing</LinkButton><LinkButton href={`/publishers/${slug}`}>Public page</LinkButton></>}>
      <TeamView team={team} viewerId={person.id} owned={owned} members={members} invitations={invitations} names={names} transfers={transfers.items} transferPages={<Pages path={`/teams/${slug}`} query={filters} nextCursor={transfers.nextCursor} label="Pages of handovers" />} />
    </ConsolePage>
  );
}
