import type { Metadata } from "next";
import { Forbidden } from "#components/console/account/forbidden.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { QueueDesk } from "#components/console/review/queue-desk.tsx";
import { mayReview } from "#components/console/account/roles.ts";
import { INSTANCE_ROLES } from "#lib/accounts/schema.ts";
import { readQueue } from "#lib/review/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireFactorFor, requireViewer } from "../../_session.ts";
import { StatusPage } from "../../_status-page.tsx";

export const metadata: Metadata = { title: "Review queue" };

export default async function ReviewPage() {
  const person = await requireViewer("/review");
  if (!mayReview(person.roles)) {
    return (
      <StatusPage status={403}>
        <Forbidden title="Review" who="Reviewers, security, council and administrators" />
      </StatusPage>
    );
  }
  await requireFactorFor(person, INSTANCE_ROLES);
  const queue = await readQueue(await runtime(), person);
  return (
    <ConsolePage
      title="Review queue"
      lead="Submissions that wait for a person. Opening one claims nothing; claim it when you start to read."
    >
      <QueueDesk items={queue} />
    </ConsolePage>
  );
}
