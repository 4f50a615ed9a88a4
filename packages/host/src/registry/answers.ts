import { z } from "zod";

/** It names a folder on this machine too, so that a registry must not choose just any text. */
export const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
export const PublisherSlug = z.string().regex(SLUG);

/** One finding as a registry sends it. */
export const ProblemAnswer = z.object({
  code: z.string(),
  severity: z.enum(["B", "H", "W", "I"]),
  check: z.string().catch(""),
  file: z.string().nullable().catch(null),
  line: z.number().nullable().catch(null),
  column: z.number().nullable().catch(null),
  pointer: z.string().nullable().catch(null),
  detail: z.string(),
  suggestion: z.string().nullable().catch(null),
});

/** `POST /api/v1/validate`. */
export const ValidateAnswer = z.object({ ok: z.boolean(), problems: z.array(ProblemAnswer) });

/** RFC 9457, with the registry's own members. */
export const ProblemDocument = z.looseObject({
  title: z.string().catch("the registry refused"),
  detail: z.string().catch(""),
  code: z.string().catch("unknown"),
  requestId: z.string().nullable().catch(null),
  errors: z.array(ProblemAnswer).catch([]),
});

/** `POST /api/v1/publish`. */
export const PublishAnswer = z.object({
  submission: z.looseObject({ id: z.string().min(1), state: z.string(), listing: z.string(), version: z.string(), url: z.string() }),
});
export type SubmissionReference = z.output<typeof PublishAnswer>["submission"];

export const CheckAnswer = z.looseObject({
  id: z.string(),
  title: z.string().optional(),
  severity: z.enum(["B", "H", "W", "I"]),
  status: z.string(),
  lookedAt: z.string().optional(),
  findings: z.array(ProblemAnswer).catch([]),
});
export type CheckProgress = z.output<typeof CheckAnswer>;

/** `GET /api/v1/submissions/{id}`. */
export const SubmissionAnswer = z.looseObject({
  id: z.string(),
  state: z.string(),
  listing: z.string(),
  version: z.string(),
  position: z.number().nullable().catch(null),
  queueAgeSeconds: z.number().nullable().optional(),
  checks: z.array(CheckAnswer),
  decisions: z.array(z.looseObject({ decision: z.string(), reason: z.string().catch(""), decider: z.string().optional(), note: z.string().nullable().optional() })).catch([]),
  /** one sentence; a registry may also say it as an object, which is then not shown */
  next: z.string().nullable().catch(null),
  url: z.string().optional(),
});
export type Submission = z.output<typeof SubmissionAnswer>;

/** `GET /api/v1/listings/{id}/versions/{version}`, as far as a verification needs it. */
export const VersionAnswer = z.looseObject({
  version: z.string(),
  url: z.string(),
  checksum: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  signature: z.string(),
  keysUrl: z.string(),
  /** the publisher's own, where `signature` is the registry's beside it */
  publisherSignature: z.object({ signature: z.string(), keysUrl: z.string() }).nullish(),
  signer: z.enum(["publisher", "registry"]).catch("registry"),
  fingerprint: z.string().nullable().catch(null),
  publishedAt: z.iso.datetime({ offset: true }).optional().catch(undefined),
  size: z.number().optional(),
  /** what the registry verified of the build's attestation */
  provenance: z.looseObject({ repository: z.string(), commit: z.string(), workflow: z.string(), issuer: z.string(), attestationUrl: z.string() }).nullable().optional().catch(undefined),
});
