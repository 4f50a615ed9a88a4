import { readKey } from "openpgp";
import type { Key } from "openpgp";
import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { listPackets, PACKET_TAGS } from "./list-packets.ts";
import type { Packet } from "./list-packets.ts";
import { LENIENT_CONFIG, MAX_CERTIFICATE_BYTES } from "./policy.ts";
import { unwrapArmor } from "./unwrap-armor.ts";
import type { ArmorFault } from "./unwrap-armor.ts";

export type ReadCertificate = { ok: true; key: Key } | { ok: false; problem: Problem };

const PUBLIC_TAGS: ReadonlySet<number> = new Set([
  PACKET_TAGS.publicKey, PACKET_TAGS.publicSubkey, PACKET_TAGS.userId, PACKET_TAGS.userAttribute, PACKET_TAGS.signature,
]);
const SECRET_TAGS: ReadonlySet<number> = new Set([PACKET_TAGS.secretKey, PACKET_TAGS.secretSubkey]);

/**
 * Reads exactly one armored public certificate; whether it may be used is asked
 * elsewhere. Refuses private keys, several certificates, packets that do not
 * belong and damaged armor, all of which OpenPGP.js would let pass.
 */
export async function readCertificate(armored: string): Promise<ReadCertificate> {
  if (armored.length > MAX_CERTIFICATE_BYTES) return refuse("certificate.invalid", `A certificate has at most ${MAX_CERTIFICATE_BYTES} bytes.`, "Export it with `--export-options export-minimal`.");
  const unwrapped = unwrapArmor(armored, "PGP PUBLIC KEY BLOCK");
  if (!unwrapped.ok) return refuseArmor(unwrapped.fault.kind, unwrapped.fault.detail);
  const packets = listPackets(unwrapped.bytes);
  const refusal = packets === null ? refuse("certificate.invalid", "The armor does not hold OpenPGP packets.") : judgePackets(packets);
  if (refusal !== null) return refusal;
  try {
    return { ok: true, key: await readKey({ binaryKey: unwrapped.bytes, config: LENIENT_CONFIG }) };
  } catch (error) {
    return refuse("certificate.invalid", `The certificate cannot be read: ${messageOf(error)}`);
  }
}

function judgePackets(packets: readonly Packet[]): ReadCertificate | null {
  if (packets.some((packet) => SECRET_TAGS.has(packet.tag))) return refuseArmor("private-key", "The certificate holds secret key material.");
  const primaries = packets.filter((packet) => packet.tag === PACKET_TAGS.publicKey);
  if (primaries.length > 1) return refuse("certificate.multiple", `The block holds ${primaries.length} certificates.`, "Send one certificate at a time.");
  if (packets[0]?.tag !== PACKET_TAGS.publicKey) return refuse("certificate.invalid", "The block does not begin with a public key.");
  const stranger = packets.find((packet) => !PUBLIC_TAGS.has(packet.tag));
  if (stranger !== undefined) return refuse("certificate.invalid", `A packet of type ${stranger.tag} does not belong in a certificate.`);
  const version = packets[0].body[0];
  if (version !== 4 && version !== 6) return refuse("certificate.weak-algorithm", `Keys of version ${version ?? 0} are not accepted.`);
  return null;
}

function refuseArmor(kind: ArmorFault["kind"], detail: string): ReadCertificate {
  if (kind === "several") return refuse("certificate.multiple", detail, "Send one certificate at a time.");
  if (kind === "other-block") return refuse("certificate.invalid", detail, "Export it with `gpg --armor --export`.");
  if (kind === "malformed") return refuse("certificate.bad-armor", detail, "Export it with `gpg --armor --export`.");
  return refuse("certificate.private-key", detail, "Revoke this key and make a new one: a private key that was sent is no longer private.");
}

function refuse(code: Problem["code"], detail: string, suggestion: string | null = null): { ok: false; problem: Problem } {
  return { ok: false, problem: makeProblem({ code, check: "certificate", detail, suggestion }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : "unknown reason";
}
