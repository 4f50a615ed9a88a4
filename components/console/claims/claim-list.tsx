import Link from "next/link";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
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
          {as === null || claim.decision !== null || (as === "holder" && claim.objection !== null) ? null : <ClaimAnswers claim={claim} as={as} />}
        </li>
      ))}
    </ul>
  );
}

function ClaimAnswers({ claim: { id, subject, claimant }, as }: { claim: ClaimDetailView; as: "decider" | "holder" }) {
  const decide = { path: `/api/v1/claims/${id}/decide`, reason: "shown" } as const;
  return (
    <div className="flex flex-wrap gap-2">
      {as === "holder" ? (
        <ConfirmButton label="Object" name={`Object: ${subject}`} title={`Object to the claim on ${subject}?`} description="It stays yours, and the claim cannot be granted." path={`/api/v1/claims/${id}/object`} reason="shown" />
      ) : (
        <>
          <ConfirmButton label="Grant" name={`Grant: ${subject}`} title={`Grant the claim on ${subject}?`} description={`${claimant} gets it at once, and the record says so.`} {...decide} json={{ grant: true }} />
          <ConfirmButton label="Refuse" name={`Refuse: ${subject}`} title={`Refuse the claim on ${subject}?`} description="It stays with whoever holds it." {...decide} json={{ grant: false }} />
        </>
      )}
    </div>
  );
}

function ClaimState({ claim }: { claim: ClaimDetailView }) {
  if (claim.decision === null) return <Badge tone="amber">waiting</Badge>;
  return claim.decision.granted ? <Badge tone="green">granted</Badge> : <Badge tone="red">refused</Badge>;
}
