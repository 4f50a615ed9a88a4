import Link from "next/link";
import { ReasonForm } from "#components/console/claims/reason-form.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ExactDate, RelativeTime } from "#components/ui/relative-time.tsx";
import type { ClaimDetailView } from "#lib/teams/schema.ts";

/** Claims, with the answers that the reader may give: `as` null for whoever filed them. */
export function ClaimList({ claims, as }: { claims: readonly ClaimDetailView[]; as: "decider" | "holder" | null }) {
  return (
    <ul className="flex flex-col divide-y rounded-md border bg-panel">
      {claims.map((claim) => (
        <li key={claim.id} className="flex min-w-0 flex-col gap-2 p-4">
          <div className="flex flex-wrap items-center gap-2">
            <Link href={`/${claim.kind}s/${claim.subject}`} className="link font-medium break-all">{claim.subject}</Link>
            <Badge>{claim.kind}</Badge>
            <ClaimState claim={claim} />
          </div>
          <p className="text-13 text-grey-11">
            by {claim.claimant}
            {claim.publisher === null ? null : <> for {claim.publisher}</>}, <RelativeTime at={claim.createdAt} />
            {claim.kind === "publisher" && claim.decision === null ? <>; owners may object until <ExactDate at={claim.noticeUntil} /></> : null}
          </p>
          <p className="max-w-prose break-words">{claim.evidence}</p>
          {claim.objection === null ? null : <p className="max-w-prose break-words text-amber-ink">An owner objected: {claim.objection.reason}</p>}
          {claim.decision === null ? null : <p className="max-w-prose break-words text-grey-11">{claim.decision.reason}</p>}
          {as === null || claim.decision !== null || (as === "holder" && claim.objection !== null) ? null : <ReasonForm claim={claim.id} subject={claim.subject} as={as} />}
        </li>
      ))}
    </ul>
  );
}

function ClaimState({ claim }: { claim: ClaimDetailView }) {
  if (claim.decision === null) return <Badge tone="amber">waiting</Badge>;
  return claim.decision.granted ? <Badge tone="green">granted</Badge> : <Badge tone="red">refused</Badge>;
}
