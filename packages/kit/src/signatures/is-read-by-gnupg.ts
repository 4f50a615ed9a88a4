import { enums } from "openpgp";
import { listPackets } from "../openpgp/list-packets.ts";
import { unwrapArmor } from "../openpgp/unwrap-armor.ts";

/** Algorithms that only RFC 9580 has: GnuPG 2.2 and 2.4 do not read them. */
const NEW_ALGORITHMS: ReadonlySet<number> = new Set([enums.publicKey.ed25519, enums.publicKey.ed448]);

/** Whether every GnuPG in use reads this good signature: the feed's must be one of those. */
export function isReadByGnupg(signature: string): boolean {
  const unwrapped = unwrapArmor(signature, "PGP SIGNATURE");
  const body = unwrapped.ok ? listPackets(unwrapped.bytes)?.[0]?.body : undefined;
  return body?.[0] === 4 && !NEW_ALGORITHMS.has(body[2] ?? 0);
}
