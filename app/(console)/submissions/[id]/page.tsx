import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SubmissionDesk } from "#components/console/submission/submission-desk.tsx";
import { readSubmission } from "#lib/submissions/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../../_session.ts";

export const metadata: Metadata = { title: "Submission" };

interface SubmissionPageProps {
  params: Promise<{ id: string }>;
}

export default async function SubmissionPage({ params }: SubmissionPageProps) {
  const { id } = await params;
  const person = await requireViewer(`/submissions/${id}`);
  const submission = await readSubmission(await runtime(), id, person);
  if (submission === null) notFound();
  return <SubmissionDesk initial={submission} />;
}
