import { decryptKey, readPrivateKey } from "openpgp";
import { keyUnusable } from "../command-line/errors.ts";

/** The private key without its passphrase; one that has none comes back as it is. */
export async function unlockPrivateKey(armored: string, passphrase: string | undefined): Promise<string> {
  const key = await readPrivateKey({ armoredKey: armored }).catch(() => null);
  if (key === null) throw keyUnusable("the file holds no OpenPGP private key", "Make one with `kos keygen`, or export it with `gpg --armor --export-secret-keys`.");
  if (key.isDecrypted()) return armored;
  if (passphrase === undefined || passphrase === "") throw keyUnusable(`the private key \`${key.getFingerprint()}\` is locked by a passphrase`, "Give it in the environment variable KOS_KEY_PASSPHRASE, or sign with --gpg.");
  try {
    return (await decryptKey({ privateKey: key, passphrase })).armor();
  } catch {
    throw keyUnusable(`KOS_KEY_PASSPHRASE does not unlock the private key \`${key.getFingerprint()}\``);
  }
}
