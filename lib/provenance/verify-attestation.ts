import { bundleFromJSON, isBundleWithDsseEnvelope, ValidationError, type BundleWithDsseEnvelope } from "@sigstore/bundle";
import { PolicyError, toSignedEntity, VerificationError, Verifier, type SignedEntity, type TrustMaterial } from "@sigstore/verify";
import { z } from "zod";
import type { Deps } from "#lib/runtime/index.ts";
import { attestationInvalid } from "./errors.ts";
import { readCertificate } from "./read-certificate.ts";
import { MAX_ATTESTATION_BYTES, type ProvenanceView } from "./schema.ts";
import { readTrustRoot } from "./trust-root.ts";

const PAYLOAD = "application/vnd.in-toto+json";
const SLSA = "https://slsa.dev/provenance/v1";
/** Far above what any bundle has: verifying costs time for each. */
const MOST = 4;

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const Statement = z.looseObject({ _type: z.literal("https://in-toto.io/Statement/v1"), predicateType: z.string(), subject: z.array(z.looseObject({ digest: z.record(z.string(), z.string()) })).min(1).max(2000) });

/** The run that sent the bytes, where a workflow did. */
export interface SendingRun {
  repositoryId: string;
  commit: string;
}

/**
 * Verifies an attestation of a release: one Sigstore bundle (v0.3, one certificate) with SLSA provenance v1 about
 * exactly these bytes, signed under the operator's trust root, logged or timestamped while the certificate held, by a
 * build whose identity comes from a trusted issuer. Of bytes that a workflow sent, the build must be that one's. Throws
 * `attestation-invalid` with the fault.
 */
export async function verifyAttestation(deps: Pick<Deps, "config" | "now">, input: { text: string; sha256: string; sentBy: SendingRun | null }): Promise<ProvenanceView> {
  const material = await readTrustRoot(deps.config);
  const bundle = parseBundle(input.text);
  const entity = toSignedEntity(bundle);
  verifySignature(material, entity);
  requireSubject(bundle, input.sha256);
  if (entity.key.$case !== "certificate") throw malformed("It is signed by a bare key.");
  const build = readCertificate(entity.key.certificate, deps.config);
  if (input.sentBy !== null && (input.sentBy.repositoryId !== build.repositoryId || input.sentBy.commit !== build.commit)) throw attestationInvalid("other-run", "The attestation is about a build of another repository or commit than the one that sent these bytes.", "Build, attest and publish in one run.");
  return { predicateType: SLSA, ...build, logIndex: entity.tlogEntries[0]?.logIndex ?? null, verifiedAt: deps.now().toISOString() };
}

const malformed = (why: string) => attestationInvalid("malformed", `This is not a Sigstore bundle (v0.3) with a signed statement: ${why}`, "Send the bundle as the build system wrote it.");

function parseBundle(text: string): BundleWithDsseEnvelope {
  if (Buffer.byteLength(text) > MAX_ATTESTATION_BYTES) throw attestationInvalid("too-large", `An attestation has at most ${MAX_ATTESTATION_BYTES / 1024} KiB.`);
  try {
    const bundle = bundleFromJSON(JSON.parse(text));
    if (!isBundleWithDsseEnvelope(bundle)) throw malformed("it holds no envelope.");
    const { content, tlogEntries, timestampVerificationData } = bundle.verificationMaterial;
    // A chain, or many entries, would be paths and proofs to try: whoever sends them chooses how many.
    if (content.$case !== "certificate") throw malformed("it does not hold exactly one certificate.");
    if (tlogEntries.length > MOST || (timestampVerificationData?.rfc3161Timestamps.length ?? 0) > MOST || bundle.content.dsseEnvelope.signatures.length !== 1) throw malformed("it holds more signatures, log entries or timestamps than one build makes.");
    return bundle;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ValidationError) throw malformed(error instanceof SyntaxError ? "it is not JSON." : "its form is another.");
    throw error;
  }
}

function verifySignature(material: TrustMaterial, entity: SignedEntity): void {
  // What the trust root names is asked for: a root without logs is one whose timestamps stand for them.
  const verifier = new Verifier(material, { tlogThreshold: material.tlogs.length > 0 ? 1 : 0, ctlogThreshold: material.ctlogs.length > 0 ? 1 : 0, timestampThreshold: 1 });
  try {
    verifier.verify(entity);
  } catch (error) {
    // Its parts are read while it is verified: what cannot be read is as little verified as what does not hold.
    const known = error instanceof VerificationError || error instanceof PolicyError;
    throw attestationInvalid("unverified", `The attestation does not hold under this registry's trust root: ${known ? error.message : "a part of it cannot be read"}.`, "The operator names whose attestations count in PROVENANCE_TRUST_ROOT.");
  }
}

function requireSubject({ content }: BundleWithDsseEnvelope, sha256: string): void {
  const { payload, payloadType } = content.dsseEnvelope;
  const statement = payloadType === PAYLOAD ? Statement.safeParse(parseJson(payload)) : null;
  if (statement === null || !statement.success) throw attestationInvalid("wrong-kind", "The envelope does not hold an in-toto statement (v1).");
  if (statement.data.predicateType !== SLSA) throw attestationInvalid("wrong-kind", `The statement is \`${statement.data.predicateType.slice(0, 100)}\`; only SLSA provenance (${SLSA}) is taken.`);
  if (!statement.data.subject.some(({ digest }) => digest["sha256"] === sha256)) throw attestationInvalid("other-subject", `The attestation is about other bytes than these (sha256 ${sha256}).`, "Attest the very file that is published: pack first, then attest, then publish the packed file.");
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
