import type { Metadata } from "next";
import { SubmissionDesk } from "#components/console/submission/submission-desk.tsx";
import { readSubmission } from "#lib/submissions/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../../_session.ts";
import { StatusPage } from "../../../_status-page.tsx";

export const metadata: Metadata = { title: "Submission" };

interface SubmissionPageProps {
  params: Promise<{ id: string }>;
}

export default async function SubmissionPage({ params }: SubmissionPageProps) {
  const { id } = await params;
  const person = await requireViewer(`/submissions/${id}`);
  const submission = await readSubmission(await runtime(), id, person);
  if (submission === null) return <StatusPage status={404} />;
  return <SubmissionDesk initial={submission} />;
}
