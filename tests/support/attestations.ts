import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { bundleToJSON, toDSSEBundle } from "@sigstore/bundle";
import { initializeCA, initializeCTLog, initializeTLog } from "@sigstore/mock";
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from "@sigstore/protobuf-specs";

const OID = "1.3.6.1.4.1.57264.1";
const PAYLOAD = "application/vnd.in-toto+json";

/** What a build's certificate says, by the numbers of Fulcio's extensions. */
export interface BuildClaims {
  issuer?: string;
  repository?: string;
  repositoryId?: string;
  commit?: string;
  event?: string;
}

export interface AttestationInput extends BuildClaims {
  sha256: string;
  /** Replaces parts of the statement. */
  statement?: Record<string, unknown>;
  payloadType?: string;
  /** Changes the envelope after it was signed. */
  payload?: (signed: Record<string, unknown>) => Record<string, unknown>;
  /** Changes the finished bundle. */
  bundle?: (made: Record<string, unknown>) => Record<string, unknown>;
}

export interface AttestationWorld {
  /** A trusted_root.json that names this world's authority and logs. */
  trustRoot: string;
  attest: (input: AttestationInput) => Promise<string>;
}

/** A certificate authority, certificate log and transparency log of one's own, and a build system that attests with them. */
export async function makeAttestationWorld(): Promise<AttestationWorld> {
  const pair = (namedCurve: "P-256" | "P-384") => generateKeyPairSync("ec", { namedCurve });
  const ctlog = await initializeCTLog(pair("P-256"));
  const ca = await initializeCA(pair("P-384"), ctlog);
  const tlog = await initializeTLog("https://log.example", pair("P-256"));
  const validFor = { start: new Date(Date.now() - 3_600_000), end: undefined };
  const log = (publicKey: Buffer, keyId: Buffer, baseUrl: string) => ({ baseUrl, hashAlgorithm: HashAlgorithm.SHA2_256, publicKey: { rawBytes: publicKey, keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256, validFor }, logId: { keyId }, checkpointKeyId: undefined, operator: "tests" });
  const bytes = (view: ArrayBufferView<ArrayBuffer>) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const root = TrustedRoot.toJSON({
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [log(tlog.publicKey, createHash("sha256").update(tlog.publicKey).digest(), "https://log.example")],
    ctlogs: [log(ctlog.publicKey, bytes(ctlog.logID), "https://ct.example")],
    certificateAuthorities: [{ subject: { organization: "tests", commonName: "tests" }, uri: "https://ca.example", certChain: { certificates: [{ rawBytes: bytes(ca.rootCertificate) }] }, validFor, operator: "tests" }],
    timestampAuthorities: [],
  } as unknown as TrustedRoot);

  async function attest(input: AttestationInput): Promise<string> {
    const { publicKey, privateKey } = pair("P-256");
    const certificate = bytes(await ca.issueCertificate({ publicKey: publicKey.export({ format: "der", type: "spki" }) as never, subjectAltName: "https://github.com/tide-works/tide-table/.github/workflows/release.yml@refs/heads/main", extensions: extensionsOf(input) }));
    const statement = { _type: "https://in-toto.io/Statement/v1", subject: [{ name: "tide-table.zip", digest: { sha256: input.sha256 } }], predicateType: "https://slsa.dev/provenance/v1", predicate: { buildDefinition: { buildType: "https://example.org/build" }, runDetails: { builder: { id: "https://github.com/actions/runner" } } }, ...input.statement };
    const payload = Buffer.from(JSON.stringify(statement));
    const payloadType = input.payloadType ?? PAYLOAD;
    const signature = sign("sha256", Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${payload.toString("utf8")}`), privateKey);
    const bundle = toDSSEBundle({ artifact: payload, artifactType: payloadType, signature, certificate });
    const entry = Object.values(await tlog.log({ apiVersion: "0.0.1", kind: "dsse", spec: { payloadHash: { algorithm: "sha256", value: createHash("sha256").update(payload).digest("hex") }, signatures: [{ signature: signature.toString("base64"), verifier: certificate.toString("base64") }] } }))[0] as unknown as LoggedEntry;
    const made = bundleToJSON({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, tlogEntries: [tlogEntry(entry)] } } as never) as unknown as Record<string, unknown>;
    if (input.payload !== undefined) {
      const envelope = made["dsseEnvelope"] as Record<string, unknown>;
      envelope["payload"] = Buffer.from(JSON.stringify(input.payload(statement))).toString("base64");
    }
    return JSON.stringify(input.bundle === undefined ? made : input.bundle(made));
  }
  return { trustRoot: JSON.stringify(root), attest };
}

function extensionsOf({ issuer = "https://token.actions.githubusercontent.com", repository = "https://github.com/tide-works/tide-table", repositoryId = "7001", commit = "3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b", event = "push" }: BuildClaims) {
  const workflow = `${repository}/.github/workflows/release.yml@refs/heads/main`;
  const values: Record<number, string> = { 8: issuer, 9: workflow, 11: "github-hosted", 12: repository, 13: commit, 14: "refs/heads/main", 15: repositoryId, 18: workflow, 20: event, 21: `${repository}/actions/runs/9001/attempts/1` };
  return Object.entries(values).filter(([, value]) => value !== "").map(([number, value]) => ({ oid: `${OID}.${number}`, value }));
}

interface LoggedEntry {
  body: string;
  integratedTime: number;
  logID: string;
  logIndex: number;
  verification: { inclusionProof: { checkpoint: string; hashes: string[]; logIndex: number; rootHash: string; treeSize: number }; signedEntryTimestamp: string };
}

function tlogEntry({ body, integratedTime, logID, logIndex, verification }: LoggedEntry) {
  const { inclusionProof: proof, signedEntryTimestamp } = verification;
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logID, "hex") },
    kindVersion: { kind: "dsse", version: "0.0.1" },
    integratedTime: String(integratedTime),
    inclusionPromise: { signedEntryTimestamp: Buffer.from(signedEntryTimestamp, "base64") },
    inclusionProof: { logIndex: String(proof.logIndex), rootHash: Buffer.from(proof.rootHash, "hex"), treeSize: String(proof.treeSize), hashes: proof.hashes.map((hash) => Buffer.from(hash, "hex")), checkpoint: { envelope: proof.checkpoint } },
    canonicalizedBody: Buffer.from(body, "base64"),
  };
}
