import type { Metadata } from "next";
import { Forbidden } from "#components/console/account/forbidden.tsx";
import { ReviewDesk } from "#components/console/review/review-desk.tsx";
import { mayReview } from "#components/console/account/roles.ts";
import { INSTANCE_ROLES } from "#lib/accounts/schema.ts";
import { readQueue, readReviewBundle } from "#lib/review/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireFactorFor, requireViewer } from "../../../_session.ts";
import { StatusPage } from "../../../_status-page.tsx";

export const metadata: Metadata = { title: "Review" };

interface ReviewPageProps {
  params: Promise<{ id: string }>;
}

export default async function ReviewSubmissionPage({ params }: ReviewPageProps) {
  const { id } = await params;
  const person = await requireViewer(`/review/${id}`);
  if (!mayReview(person.roles)) {
    return (
      <StatusPage status={403}>
        <Forbidden title="Review" who="Reviewers, security, council and administrators" />
      </StatusPage>
    );
  }
  await requireFactorFor(person, INSTANCE_ROLES);
  const deps = await runtime();
  const [bundle, queue] = await Promise.all([readReviewBundle(deps, id, person), readQueue(deps, person)]);
  if (bundle === null) return <StatusPage status={404} />;
  return <ReviewDesk key={id} bundle={bundle} queue={queue} />;
}
