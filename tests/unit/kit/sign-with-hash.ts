import { config, createMessage, enums, PacketList, readPrivateKey, Signature, SignaturePacket } from "openpgp";
import type { HashName } from "@kosmarket/kit";

/** A detached signature with exactly this hash: OpenPGP.js itself takes the one that it likes best for the key. */
export async function signWithHash(data: Uint8Array, privateKeyArmored: string, hash: HashName): Promise<string> {
  const { keyPacket } = await readPrivateKey({ armoredKey: privateKeyArmored });
  const literal = (await createMessage({ binary: data })).packets.findPacket(enums.packet.literalData);
  if (literal === undefined) throw new TypeError("a message holds its data");
  const packet = new SignaturePacket();
  Object.assign(packet, { version: keyPacket.version, signatureType: enums.signature.binary, publicKeyAlgorithm: keyPacket.algorithm, hashAlgorithm: enums.hash[hash] });
  // The declared type leaves out the configuration, without which it throws.
  const sign = packet.sign.bind(packet) as (...all: unknown[]) => Promise<void>;
  await sign(keyPacket, literal, new Date(), true, config);
  const packets = new PacketList<SignaturePacket>();
  packets.push(packet);
  return new Signature(packets).armor();
}
