import type { WorkflowIdentityView } from "#lib/accounts/schema.ts";
import type { ProvenanceView } from "#lib/provenance/schema.ts";
import type { ProvenNameView } from "#lib/trust/schema.ts";
import { SSH_NAMESPACE } from "@kosmarket/kit";
import type { Rung, VersionDetailView } from "./schema.ts";

export interface LadderFacts {
  id: string;
  version: string;
  checksum: string;
  size: number;
  fileName: string;
  url: string;
  keysUrl: string;
  signatureUrl: string;
  signer: "publisher" | "registry";
  fingerprint: string;
  /** Name of whoever submitted the version, which signed it where `signer` says so. */
  author: string;
  authorSlug: string;
  /** The publisher's own signature where the feed's is the registry's; null where there is one only. */
  publisherSignature: VersionDetailView["publisherSignature"];
  /** Name of whoever publishes the listing today. */
  publisher: string;
  /** Domains that today's publisher proved. */
  names: ProvenNameView[];
  keyAddedAt: Date | null;
  /** Whether the key was reported, later, to have been in other hands when the version was submitted. */
  keyCompromised: boolean;
  /** The build workflow that sent it, where one did. */
  workflow: WorkflowIdentityView | null;
  /** What its build attests. */
  provenance: (ProvenanceView & { attestationUrl: string }) | null;
  submittedAt: Date;
  publishedAt: Date;
  /** Where the publication stands in the record; null while no signed checkpoint covers it. */
  record: { seq: number; hash: string; proofUrl: string } | null;
  review: { decider: string; decidedAt: Date; policy: string; policyRevision: string; note: string | null; byPerson: boolean; reason: string; findings: number } | null;
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const day = (date: Date): string => DAY.format(date);

/** The five rungs of a published version, each with its evidence and the command that checks it. */
export function buildLadder(facts: LadderFacts): Rung[] {
  return [bytesRung(facts), authorRung(facts), nameRung(facts), recordRung(facts), reviewRung(facts)];
}

/** The short form for lists. */
export function ladderTicks(signer: string | null, named: boolean, recorded: boolean, reviewedByPerson: boolean): { rung: Rung["rung"]; state: Rung["state"] }[] {
  const tick = (rung: Rung["rung"], proven: boolean) => ({ rung, state: proven ? ("proven" as const) : ("missing" as const) });
  return [tick("bytes", true), tick("author", signer === "publisher"), tick("name", named), tick("record", recorded), tick("review", reviewedByPerson)];
}

function bytesRung(facts: LadderFacts): Rung {
  return {
    rung: "bytes",
    state: "proven",
    statement: `These are the bytes that were submitted on ${day(facts.submittedAt)} and checked; they never change.`,
    evidence: [
      { label: "SHA-256", value: facts.checksum, mono: true },
      { label: "Size", value: `${facts.size} bytes`, mono: false },
      { label: "File", value: facts.fileName, mono: true },
    ],
    command: `curl -sSL -o ${facts.fileName} '${facts.url}' && echo '${facts.checksum.replace("sha256:", "")}  ${facts.fileName}' | sha256sum -c`,
  };
}

function authorRung(facts: LadderFacts): Rung {
  const command = `curl -sS '${facts.keysUrl}' | gpg --import && curl -sS -o ${facts.fileName}.asc '${facts.signatureUrl}' && gpg --verify ${facts.fileName}.asc ${facts.fileName}`;
  const evidence = [{ label: "Key", value: facts.fingerprint, mono: true }, ...workflowEvidence(facts.workflow), ...provenanceEvidence(facts.provenance)];
  if (facts.signer === "registry") {
    const sentBy = facts.workflow === null ? "" : ` They were sent by a workflow of ${facts.workflow.repository} that ${facts.author} trusts, whose identity was verified on arrival.`;
    return { rung: "author", state: "missing", statement: `${facts.author} did not sign this version; the registry signed the same bytes, which proves where they came from but not who wrote them.${sentBy}`, evidence, command };
  }
  if (facts.keyCompromised) {
    return { rung: "author", state: "missing", statement: `Signed with the key below, which ${facts.author} later reported as compromised at that time: the signature no longer shows who wrote this version.`, evidence, command };
  }
  const since = facts.keyAddedAt === null ? "" : `, registered since ${day(facts.keyAddedAt)}`;
  return {
    rung: "author",
    state: "proven",
    statement: `Signed by ${facts.author} with the key below${since}; verified when uploaded on ${day(facts.submittedAt)}.`,
    evidence: [...evidence, { label: "Verified", value: facts.submittedAt.toISOString(), mono: false }],
    command: facts.publisherSignature === null ? command : ownCommand(facts, facts.publisherSignature),
  };
}

/** Who sent a version is not who wrote it: said beside the signature, and no proof of the rung. */
function workflowEvidence(workflow: WorkflowIdentityView | null): Rung["evidence"] {
  if (workflow === null) return [];
  return [
    { label: "Sent by the workflow", value: `${workflow.repository} ${workflow.workflow}`, mono: true },
    { label: "At commit", value: workflow.commit, mono: true },
    { label: "On", value: workflow.ref, mono: true },
    { label: "Identity from", value: workflow.issuer, mono: true },
    ...(workflow.runUrl === null ? [] : [{ label: "Run", value: workflow.runUrl, mono: true }]),
  ];
}

/** How the publisher's own signature is checked, where gpg is not the program for it. */
function ownCommand(facts: LadderFacts, { format, url, keysUrl }: NonNullable<LadderFacts["publisherSignature"]>): string {
  const file = facts.fileName;
  const fetched = `curl -sS -o ${file}.sig '${url}' && curl -sS -o ${file}.keys '${keysUrl}'`;
  if (format === "openpgp") return `${fetched} && npx kos verify ${file} --signature ${file}.sig --keys ${file}.keys`;
  return `${fetched} && ssh-keygen -Y verify -f ${file}.keys -I ${facts.authorSlug} -n ${SSH_NAMESPACE} -s ${file}.sig < ${file}`;
}

/** Where the bytes were built is not who wrote them either. */
function provenanceEvidence(provenance: LadderFacts["provenance"]): Rung["evidence"] {
  if (provenance === null) return [];
  return [
    { label: "Built from", value: provenance.repository, mono: true },
    { label: "Built at commit", value: provenance.commit, mono: true },
    { label: "Built by", value: provenance.workflow, mono: true },
    { label: "Build vouched for by", value: provenance.issuer, mono: true },
    { label: "Attestation", value: provenance.attestationUrl, mono: true },
  ];
}

function nameRung({ publisher, names }: LadderFacts): Rung {
  const [first] = names;
  if (first === undefined) return { rung: "name", state: "missing", statement: `${publisher} has not proven a domain.`, evidence: [], command: null };
  const others = names.length === 1 ? "" : ` and ${names.length - 1} more`;
  return {
    rung: "name",
    state: "proven",
    statement: `${publisher} showed on ${day(new Date(first.provenAt))} that ${first.domain}${others} is its own; the registry looks again every day, last found on ${day(new Date(first.checkedAt))}.`,
    evidence: names.flatMap(({ domain, unicode, proof, alsoHeldBy }) => [
      { label: proof.kind === "TXT" ? "TXT record" : "File", value: proof.where, mono: true },
      { label: "Says", value: proof.value, mono: true },
      ...(unicode === domain ? [] : [{ label: "Drawn as", value: unicode, mono: false }]),
      ...(alsoHeldBy.length === 0 ? [] : [{ label: "Proven by others too", value: alsoHeldBy.join(", "), mono: false }]),
    ]),
    command: first.proof.command,
  };
}

function recordRung({ record }: LadderFacts): Rung {
  if (record === null) return { rung: "record", state: "missing", statement: "The publication of this version is not in the log yet: an entry is numbered and signed about a second after its event.", evidence: [], command: null };
  return {
    rung: "record",
    state: "proven",
    statement: `Its publication is entry ${record.seq} of the registry's log, under a signed checkpoint: it cannot be changed or left out without whoever keeps a checkpoint noticing.`,
    evidence: [
      { label: "Entry", value: String(record.seq), mono: true },
      { label: "Leaf hash", value: record.hash, mono: true },
      { label: "Proof", value: record.proofUrl, mono: true },
    ],
    command: `curl -sS '${record.proofUrl}'`,
  };
}

function reviewRung(facts: LadderFacts): Rung {
  const review = facts.review;
  if (review === null) return { rung: "review", state: "missing", statement: "No decision is recorded.", evidence: [], command: null };
  const evidence = [
    { label: "Decided by", value: review.decider, mono: false },
    { label: "Decided", value: review.decidedAt.toISOString(), mono: false },
    { label: "Policy", value: `${review.policy} ${review.policyRevision}`, mono: true },
    { label: "Findings at the time", value: String(review.findings), mono: false },
    { label: "Reason", value: review.reason, mono: false },
  ];
  if (!review.byPerson) return { rung: "review", state: "missing", statement: "Passed the automated checks at the first start under the policy “bootstrap”; no person reviewed it.", evidence, command: null };
  const note = review.note === null ? "" : ` (${review.note})`;
  return { rung: "review", state: "proven", statement: `Approved by ${review.decider} on ${day(review.decidedAt)} under the policy “${review.policy}”${note}.`, evidence, command: null };
}
