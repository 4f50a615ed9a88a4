import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { SubmissionTable } from "#components/console/submission/submission-table.tsx";
import { listSubmissions } from "#lib/submissions/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Submissions" };

export default async function SubmissionsPage() {
  const person = await requireViewer("/submissions");
  const submissions = await listSubmissions(await runtime(), person);
  return (
    <ConsolePage
      title="Submissions"
      lead="Everything your publishers sent in, newest first, with what happens next."
    >
      <SubmissionTable submissions={submissions} />
    </ConsolePage>
  );
}
