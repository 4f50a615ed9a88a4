import { encryptKey, readPrivateKey } from "openpgp";

/** The same private key behind a passphrase, in the form that GnuPG reads. */
export async function lockPrivateKey(armored: string, passphrase: string): Promise<string> {
  const privateKey = await readPrivateKey({ armoredKey: armored });
  return (await encryptKey({ privateKey, passphrase })).armor();
}
