import type { PrivateKey } from "openpgp";
import type { SigningKey } from "#components/console/keys/signing-session.tsx";

export type PrivateKeyReading = { state: "ready"; key: SigningKey } | { state: "locked"; fingerprint: string };

/**
 * Reads an armored private key in this page, unlocking it with `passphrase`
 * when it has one. Nothing leaves the browser. A locked key without a
 * passphrase answers `locked`, so that the page can ask for it.
 *
 * @throws Error with a sentence for the person when the text is no usable private key.
 */
export async function readPrivateKeyFile(armored: string, passphrase: string | null): Promise<PrivateKeyReading> {
  const openpgp = await import("openpgp");
  const parsed = await openpgp.readPrivateKey({ armoredKey: armored }).catch(() => null);
  if (parsed === null) throw new Error("This file holds no armored private key. Look for one that begins with “-----BEGIN PGP PRIVATE KEY BLOCK-----”.");
  if (parsed.isDecrypted()) return { state: "ready", key: await describeKey(parsed) };
  if (passphrase === null || passphrase === "") return { state: "locked", fingerprint: parsed.getFingerprint() };
  const unlocked = await openpgp.decryptKey({ privateKey: parsed, passphrase }).catch(() => null);
  if (unlocked === null) throw new Error("The passphrase does not open this key.");
  return { state: "ready", key: await describeKey(unlocked) };
}

async function describeKey(key: PrivateKey): Promise<SigningKey> {
  return {
    fingerprint: key.getFingerprint(),
    userId: key.getUserIDs()[0] ?? "no user id",
    privateKey: key.armor(),
    origin: "loaded",
  };
}
