import type { ProblemView } from "#lib/http/schema.ts";
import { uploadForm } from "#components/console/api/upload-form.ts";
import type { UploadProgress } from "#components/console/api/upload-form.ts";
import type { UploadKind } from "#components/console/publish/read-package.ts";

export interface ValidationAnswer {
  ok: boolean;
  problems: ProblemView[];
}

interface UploadInput {
  file: File;
  kind: UploadKind;
  publisher: string | null;
  /** Armored detached signature over the file's bytes; null publishes unsigned. */
  signature: string | null;
  onProgress: (progress: UploadProgress) => void;
  signal: AbortSignal;
}

/** The submission a publish opened, as `POST /api/v1/publish` answers it. */
export interface PublishAnswer {
  submission: { id: string; state: string; listing: string; version: string; url: string };
}

/** Asks the registry what it thinks of a file; nothing is stored there. */
export function validateUpload(input: UploadInput): Promise<ValidationAnswer> {
  return uploadForm<ValidationAnswer>("/api/v1/validate", formOf(input), input);
}

/**
 * Publishes a file.
 * @throws ApiProblem with every fault in `answer.errors` when the registry refuses it.
 */
export function publishUpload(input: UploadInput): Promise<PublishAnswer> {
  return uploadForm<PublishAnswer>("/api/v1/publish", formOf(input), input);
}

function formOf(input: UploadInput): FormData {
  const form = new FormData();
  // Small fields go first: the server can then judge them before the file has arrived.
  if (input.publisher !== null) form.append("publisher", input.publisher);
  if (input.signature !== null) form.append("signature", input.signature);
  form.append(input.kind === "manifest" ? "manifest" : "package", input.file, input.file.name);
  return form;
}
