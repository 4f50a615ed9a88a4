import { basename } from "node:path";
import { z } from "zod";
import type { LoadedArtifact } from "../artifact/load-artifact.ts";
import type { CommandContext, Outcome } from "../command-line/command.ts";
import { CommandError } from "../command-line/errors.ts";
import { formatSize } from "../command-line/format-size.ts";
import { PublishAnswer, type SubmissionReference } from "../registry/answers.ts";
import { followSubmission, isSentBack, readSubmission } from "../registry/follow-submission.ts";
import { printCheck, printSubmission } from "../registry/print-submission.ts";
import { attestationPart, signaturePart, uploadForm } from "../registry/upload-form.ts";
import type { Session } from "./open-session.ts";

export interface Sending {
  session: Session;
  publisher: string;
  artifact: LoadedArtifact;
  signature: string | null;
  /** a Sigstore bundle about these bytes, as text */
  attestation: string | null;
}

const OpenSubmission = z.looseObject({ code: z.literal("submission-open"), submission: z.string() });
const SameBytes = z.looseObject({ artifact: z.looseObject({ sha256: z.string() }) });

/** Uploads the bytes with progress. A run that was stopped after it is taken up again: the same bytes are sent once. */
export async function sendVersion({ terminal }: CommandContext, { session, publisher, artifact, signature, attestation }: Sending): Promise<SubmissionReference> {
  const { registry, token } = session;
  const files = { [artifact.part]: { bytes: artifact.bytes, fileName: basename(artifact.fileName) }, ...signaturePart(signature), ...attestationPart(attestation) };
  const onProgress = (sent: number, total: number): void => terminal.progress(`Uploading ${formatSize(sent)} of ${formatSize(total)} (${Math.floor((100 * sent) / total)} %)`);
  try {
    const { submission } = await uploadForm({ url: `${registry}/api/v1/publish`, token, fields: { publisher }, files, onProgress }, PublishAnswer).finally(() => terminal.progress(null));
    terminal.line({ style: "bold", text: `${submission.listing} ${submission.version}` }, ` was submitted (${formatSize(artifact.bytes.length)}, sha256 ${artifact.sha256})`);
    return submission;
  } catch (error) {
    const open = await openSubmission(session, artifact, error);
    if (open === null) throw error;
    terminal.line({ style: "bold", text: `${open.listing} ${open.version}` }, ` was submitted before, with these very bytes (sha256 ${artifact.sha256})`);
    return open;
  }
}

/** The open submission that a refusal names, when it holds exactly these bytes. */
async function openSubmission({ registry, token }: Session, artifact: LoadedArtifact, error: unknown): Promise<SubmissionReference | null> {
  const refusal = OpenSubmission.safeParse(error instanceof CommandError ? error.members : null);
  if (!refusal.success) return null;
  const submission = await readSubmission({ registry, token, id: refusal.data.submission });
  const same = SameBytes.safeParse(submission);
  if (!same.success || same.data.artifact.sha256 !== artifact.sha256) return null;
  return { ...submission, url: submission.url ?? `/submissions/${submission.id}` };
}

/** Follows the checks until a person is next or it is over, and says where it stands and what comes next. */
export async function followVersion({ args, terminal }: CommandContext, { session, artifact, signature }: Sending, submission: SubmissionReference): Promise<Outcome> {
  const facts = { sha256: artifact.sha256, size: artifact.bytes.length, fileName: artifact.fileName, signed: signature !== null };
  if (args.flag("no-wait")) {
    terminal.line(`follow it with \`kos status ${submission.id} --watch\``);
    return { exit: "ok", json: { ok: true, artifact: facts, submission } };
  }
  const ended = await followSubmission({
    registry: session.registry,
    token: session.token,
    id: submission.id,
    throughReview: false,
    onCheck: (check) => printCheck(terminal, check),
    onState: ({ state }) => terminal.progress(`${state} ...`),
  });
  terminal.progress(null);
  printSubmission(terminal, ended, session.registry);
  const sentBack = isSentBack(ended.state);
  return { exit: sentBack ? "problems" : "ok", json: { ok: !sentBack, artifact: facts, submission: ended } };
}
