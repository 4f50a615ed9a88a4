import { enums, readSignature } from "openpgp";
import type { SignaturePacket } from "openpgp";
import type { HashName } from "../digest/running-hash.ts";
import { listPackets, PACKET_TAGS, readNumber } from "./list-packets.ts";
import { isAcceptedHash, LENIENT_CONFIG, MAX_SIGNATURE_BYTES } from "./policy.ts";
import { messageOf, stop } from "./step.ts";
import type { Step } from "./step.ts";
import { unwrapArmor } from "./unwrap-armor.ts";

/** One signature packet in an accepted form, and what is hashed with the content to make its digest. */
export interface ParsedSignature {
  packet: SignaturePacket;
  hash: HashName;
  /** Hashed before the content: the salt of a version 6 signature, else nothing. */
  before: Uint8Array;
  /** Hashed after the content (RFC 9580 section 5.2.4). */
  after: Uint8Array;
}

const HASH_NAMES: Readonly<Partial<Record<enums.hash, HashName>>> = { [enums.hash.sha256]: "sha256", [enums.hash.sha384]: "sha384", [enums.hash.sha512]: "sha512" };

/** How much salt a version 6 signature has (RFC 9580 section 9.5). */
const SALT_BYTES = { sha256: 16, sha384: 24, sha512: 32 } as const satisfies Record<HashName, number>;

/** Takes exactly one binary detached signature out of its armor, or of its bare bytes; refuses every other form by name. */
export async function parseSignature(signature: string | Uint8Array): Promise<Step<ParsedSignature>> {
  const unwrapped = unwrapSignature(signature);
  return "problem" in unwrapped ? unwrapped : parsePackets(unwrapped.value);
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

async function parsePackets(bytes: Uint8Array): Promise<Step<ParsedSignature>> {
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
    return judgeForm(read.packets[0], packets[0]?.body ?? new Uint8Array());
  } catch (error) {
    return stop("signature.malformed", `The signature cannot be read: ${messageOf(error)}`);
  }
}

function judgeForm(packet: SignaturePacket | undefined, body: Uint8Array): Step<ParsedSignature> {
  if (packet === undefined || packet.created === null) return stop("signature.malformed", "The signature says neither who made it nor when.");
  if (packet.signatureType !== enums.signature.binary) {
    return stop("signature.not-binary", "Only signatures of type 0x00 cover the exact bytes; this one lets line ends change.", "Sign without `--textmode`.");
  }
  const hash = packet.hashAlgorithm === null ? undefined : HASH_NAMES[packet.hashAlgorithm];
  if (hash === undefined || !isAcceptedHash(packet.hashAlgorithm)) return stop("signature.weak-hash", "SHA-256, SHA-384 and SHA-512 are accepted.", "Sign with `--digest-algo SHA512`.");
  const parts = hashedParts(body);
  if (parts === null || parts.before.length !== (packet.version === 6 ? SALT_BYTES[hash] : 0)) return stop("signature.malformed", "The lengths inside the signature do not fit.");
  return { value: { packet, hash, ...parts } };
}

/** What a signature packet of version 4 or 6 adds to the digest (RFC 9580 sections 5.2.3 and 5.2.4); null when its lengths do not fit. */
function hashedParts(body: Uint8Array): Pick<ParsedSignature, "before" | "after"> | null {
  const version = body[0] ?? 0;
  const width = version === 6 ? 4 : 2;
  const hashedEnd = 4 + width + readNumber(body, 4, width);
  const unhashedEnd = hashedEnd + width + readNumber(body, hashedEnd, width);
  const saltAt = unhashedEnd + 3;
  const saltEnd = version === 6 ? saltAt + (body[saltAt - 1] ?? 0) : unhashedEnd;
  if (saltEnd > body.length) return null;
  const after = new Uint8Array(hashedEnd + 6);
  after.set(body.subarray(0, hashedEnd));
  after.set([version, 0xff, hashedEnd >>> 24, hashedEnd >>> 16, hashedEnd >>> 8, hashedEnd], hashedEnd);
  return { before: version === 6 ? body.slice(saltAt, saltEnd) : new Uint8Array(), after };
}
