import { createMessage, enums, readPrivateKey, sign } from "openpgp";
import type { PrivateKey } from "openpgp";
import { lockedSigningKey, unreadableSigningKey } from "./errors.ts";
import { STRICT_CONFIG } from "./policy.ts";

/**
 * Signs exactly these bytes: armored, detached, type 0x00, SHA-512.
 *
 * @param privateKeyArmored one private key without a passphrase
 * @throws SigningKeyError when the key cannot be read or is locked
 */
export async function signDetached(data: Uint8Array, privateKeyArmored: string): Promise<string> {
  const key = await readSigningKey(privateKeyArmored);
  if (!key.isDecrypted()) throw lockedSigningKey(key.getFingerprint());
  return sign({
    message: await createMessage({ binary: data }),
    signingKeys: key,
    detached: true,
    format: "armored",
    config: { ...STRICT_CONFIG, preferredHashAlgorithm: enums.hash.sha512 },
  });
}

async function readSigningKey(armored: string): Promise<PrivateKey> {
  try {
    return await readPrivateKey({ armoredKey: armored, config: STRICT_CONFIG });
  } catch (error) {
    throw unreadableSigningKey(error);
  }
}
