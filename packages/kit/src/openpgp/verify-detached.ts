import { createMessage, enums, readSignature } from "openpgp";
import type { Key, SignaturePacket, Subkey } from "openpgp";
import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { isRevokedAt, maySign, vouchesWeakly } from "./key-standing.ts";
import { listPackets, PACKET_TAGS } from "./list-packets.ts";
import { CLOCK_SKEW_MS, isAcceptedHash, judgeAlgorithm, LENIENT_CONFIG, MAX_SIGNATURE_BYTES, STRICT_CONFIG } from "./policy.ts";
import { readCertificate } from "./read-certificate.ts";
import { unwrapArmor } from "./unwrap-armor.ts";

export interface VerifyInput {
  /** The exact bytes that were signed. */
  data: Uint8Array;
  /** A detached signature: armored text, or bytes of either form. */
  signature: string | Uint8Array;
  /** The armored certificates that may have signed. */
  certificates: readonly string[];
  /** When the server received the bytes, by its own clock: the moment at which the key must have been valid. */
  receivedAt: Date;
}

export type VerifiedSignature =
  | {
      ok: true;
      /** Full fingerprint of the certificate (its primary key), lower-case hexadecimal. */
      fingerprint: string;
      /** Full fingerprint of the key that signed: the primary or a signing subkey. */
      signingFingerprint: string;
      signedAt: string;
      /** Such as `sha512`. */
      hash: string;
    }
  | { ok: false; problems: Problem[] };

interface Signer {
  certificate: Key;
  key: Key | Subkey;
}

/** A step's outcome: what the next step needs, or why to stop. */
type Step<T> = { value: T } | { problem: Problem };

/**
 * Verifies exactly one binary detached signature over exactly these bytes by a
 * key that was valid when the server received them. Refuses by named code; never
 * throws for hostile input.
 */
export async function verifyDetached(input: VerifyInput): Promise<VerifiedSignature> {
  const unwrapped = unwrapSignature(input.signature);
  if ("problem" in unwrapped) return refused(unwrapped.problem);
  const parsed = await parseSignature(unwrapped.value);
  if ("problem" in parsed) return refused(parsed.problem);
  const signature = parsed.value;
  const signer = await findSigner(signature, input.certificates);
  if ("problem" in signer) return refused(signer.problem);
  const problem =
    judgeSigner(signer.value) ??
    judgeTimes(signature, signer.value, input.receivedAt) ??
    (await judgeStanding(signer.value, input.receivedAt)) ??
    (await verifyBytes(signature, signer.value, input));
  if (problem !== null) return refused(problem);
  return {
    ok: true,
    fingerprint: signer.value.certificate.getFingerprint(),
    signingFingerprint: signer.value.key.getFingerprint(),
    signedAt: createdAt(signature).toISOString(),
    hash: enums.read(enums.hash, signature.hashAlgorithm ?? enums.hash.sha256),
  };
}

function unwrapSignature(signature: string | Uint8Array): Step<Uint8Array> {
  if (signature.length > MAX_SIGNATURE_BYTES) return stop("signature.malformed", `A detached signature has at most ${MAX_SIGNATURE_BYTES} bytes.`);
  // Every binary packet begins with a byte above 127, which no armor does.
  if (typeof signature !== "string" && (signature[0] ?? 0) >= 0x80) return { value: signature };
  const text = typeof signature === "string" ? signature : new TextDecoder("utf-8").decode(signature);
  const unwrapped = unwrapArmor(text, "PGP SIGNATURE");
  if (unwrapped.ok) return { value: unwrapped.bytes };
  const { kind, detail } = unwrapped.fault;
  if (kind === "private-key") return stop("signature.private-key", detail, "Revoke this key and make a new one: a private key that was sent is no longer private.");
  if (kind === "several") return stop("signature.multiple", detail, "Send one signature, made by one key.");
  const isArmor = text.includes("-----BEGIN PGP SIGNATURE-----");
  return stop(isArmor && kind === "malformed" ? "signature.bad-armor" : "signature.malformed", detail, "Make it with `kos sign`, or `gpg --armor --detach-sign`.");
}

async function parseSignature(bytes: Uint8Array): Promise<Step<SignaturePacket>> {
  const packets = listPackets(bytes);
  if (packets === null || packets.length === 0) return stop("signature.malformed", "These are not OpenPGP packets.");
  if (packets.some((packet) => packet.tag === PACKET_TAGS.secretKey || packet.tag === PACKET_TAGS.secretSubkey)) {
    return stop("signature.private-key", "The signature holds a private key.", "Revoke this key and make a new one.");
  }
  const foreign = packets.find((packet) => packet.tag !== PACKET_TAGS.signature);
  if (foreign !== undefined) return stop("signature.malformed", `A packet of type ${foreign.tag} does not belong in a detached signature.`);
  if (packets.length > 1) return stop("signature.multiple", `There are ${packets.length} signatures; exactly one is wanted.`, "Sign with one key only.");
  const version = packets[0]?.body[0];
  if (version !== 4 && version !== 6) return stop("signature.malformed", `Signatures of version ${version ?? 0} are not accepted.`);
  try {
    const read = await readSignature({ binarySignature: bytes, config: LENIENT_CONFIG });
    return judgeForm(read.packets[0]);
  } catch (error) {
    return stop("signature.malformed", `The signature cannot be read: ${messageOf(error)}`);
  }
}

function judgeForm(packet: SignaturePacket | undefined): Step<SignaturePacket> {
  if (packet === undefined || packet.created === null) return stop("signature.malformed", "The signature says neither who made it nor when.");
  if (packet.signatureType !== enums.signature.binary) {
    return stop("signature.not-binary", "Only signatures of type 0x00 cover the exact bytes; this one lets line ends change.", "Sign without `--textmode`.");
  }
  if (!isAcceptedHash(packet.hashAlgorithm)) return stop("signature.weak-hash", "SHA-256, SHA-384 and SHA-512 are accepted.", "Sign with `--digest-algo SHA512`.");
  return { value: packet };
}

/** A full issuer fingerprint decides; an old signature that names a key id alone is decided by the cryptography. */
async function findSigner(signature: SignaturePacket, certificates: readonly string[]): Promise<Step<Signer>> {
  const issuer = signature.issuerFingerprint === null ? null : toHex(signature.issuerFingerprint);
  for (const armored of certificates) {
    const read = await readCertificate(armored);
    if (!read.ok) continue;
    const key = read.key.getKeys().find((part) =>
      issuer === null ? part.getKeyID().equals(signature.issuerKeyID) : part.getFingerprint() === issuer,
    );
    if (key !== undefined) return { value: { certificate: read.key, key } };
  }
  const name = issuer ?? signature.issuerKeyID.toHex();
  return stop("signature.unknown-key", `The signature names the key ${name}, which is not registered.`, "Register the certificate, or sign with a registered key.");
}

function judgeSigner({ certificate, key }: Signer): Problem | null {
  const refusal = judgeAlgorithm(certificate.getAlgorithmInfo()) ?? judgeAlgorithm(key.getAlgorithmInfo());
  return refusal === null ? null : make("signature.weak-algorithm", refusal.detail, "Make an Ed25519 key, for example with `kos keygen`.");
}

function judgeTimes(signature: SignaturePacket, { certificate, key }: Signer, receivedAt: Date): Problem | null {
  const signedAt = createdAt(signature);
  if (signedAt.getTime() > receivedAt.getTime() + CLOCK_SKEW_MS) {
    return make("signature.from-future", `The signature says ${signedAt.toISOString()}; the bytes came at ${receivedAt.toISOString()}.`, "Set the clock of the machine that signs.");
  }
  const born = new Date(Math.max(key.getCreationTime().getTime(), certificate.getCreationTime().getTime()));
  if (signedAt < born) return make("signature.backdated", `The signature says ${signedAt.toISOString()}, before its key was made at ${born.toISOString()}.`);
  const expires = signature.getExpirationTime();
  if (expires instanceof Date && expires <= receivedAt) return make("signature.expired", `The signature expired at ${expires.toISOString()}.`, "Sign again.");
  return null;
}

/** Judged at the server's receipt, not at the time the signature claims: whoever holds an old key can write any date. */
async function judgeStanding({ certificate, key }: Signer, receivedAt: Date): Promise<Problem | null> {
  const subkey = "mainKey" in key ? key : null;
  const isRevoked = await isRevokedAt(certificate, subkey, receivedAt);
  if (isRevoked) return make("signature.key-revoked", "The key was revoked when the bytes came.", "Sign with a key in good standing.");
  const ends = [await certificate.getExpirationTime(undefined, LENIENT_CONFIG), subkey === null ? null : await subkey.getExpirationTime(receivedAt, LENIENT_CONFIG)];
  const ended = ends.find((end) => end instanceof Date && end <= receivedAt);
  if (ended instanceof Date) return make("signature.key-expired", `The key expired at ${ended.toISOString()}.`, "Extend the key and register the certificate again, or sign with another.");
  return judgeBinding({ certificate, key }, receivedAt);
}

/** The certificate must vouch, with an accepted hash, that this very key may sign (and a subkey must vouch back). */
async function judgeBinding({ certificate, key }: Signer, receivedAt: Date): Promise<Problem | null> {
  // Without a date first: a self-signature renewed after the receipt still shows what the key was made for.
  for (const date of [null, receivedAt]) if (await maySign(certificate, key, date, STRICT_CONFIG)) return null;
  if (vouchesWeakly(certificate)) {
    return make("signature.weak-hash", "The certificate vouches for the key with SHA-1 or another broken hash.", "Renew the certificate's self-signature and register it again.");
  }
  return make("signature.weak-algorithm", "The certificate does not allow this key to sign.", "Sign with a key that has the signing capability.");
}

async function verifyBytes(signature: SignaturePacket, signer: Signer, input: VerifyInput): Promise<Problem | null> {
  const message = await createMessage({ binary: input.data });
  const literal = message.packets.findPacket(enums.packet.literalData);
  if (literal === undefined) return make("signature.bad", "There are no bytes to verify.");
  const at = new Date(Math.max(input.receivedAt.getTime(), createdAt(signature).getTime()));
  try {
    await signature.verify(signer.key.keyPacket, enums.signature.binary, literal, at, true, STRICT_CONFIG);
    return null;
  } catch {
    return make("signature.bad", "The signature was made over other bytes, or by another key than it names.", "Sign the file exactly as it is uploaded.");
  }
}

function createdAt(signature: SignaturePacket): Date {
  return signature.created ?? new Date(0);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : "unknown reason";
}

function refused(problem: Problem): VerifiedSignature {
  return { ok: false, problems: [problem] };
}

function stop(code: Problem["code"], detail: string, suggestion: string | null = null): { problem: Problem } {
  return { problem: make(code, detail, suggestion) };
}

function make(code: Problem["code"], detail: string, suggestion: string | null = null): Problem {
  return makeProblem({ code, check: "signature", detail, suggestion });
}
