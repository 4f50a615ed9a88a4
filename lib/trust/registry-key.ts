import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { generateSigningKey } from "@kosmarket/kit";
import { processWide, type Config } from "#lib/platform/index.ts";

export interface RegistrySigner {
  /** Full fingerprint, lower-case hex. */
  fingerprint: string;
  /** Armored public certificate. */
  certificate: string;
  /** Armored detached binary signature over exactly these bytes. */
  sign(bytes: Uint8Array): Promise<string>;
}

/**
 * The registry's own signing key, made on first use in `<data>/keys` (mode 0600, encrypted with `KOS_KEY_SECRET`).
 * It signs artifacts that came without a publisher's signature.
 */
export function registrySigner(config: Config): Promise<RegistrySigner> {
  return processWide("registry-signer", () => openSigner(config));
}

async function openSigner(config: Config): Promise<RegistrySigner> {
  const folder = join(config.dataDir, "keys");
  const file = join(folder, "registry.asc");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) await makeKey(file, config);
  const locked = await openpgp.readPrivateKey({ armoredKey: readFileSync(file, "utf8") });
  const privateKey = await openpgp.decryptKey({ privateKey: locked, passphrase: config.keySecret });
  return {
    fingerprint: privateKey.getFingerprint(),
    certificate: privateKey.toPublic().armor(),
    sign: async (bytes) => {
      const signature = await openpgp.sign({ message: await openpgp.createMessage({ binary: bytes, format: "binary" }), signingKeys: privateKey, detached: true, format: "armored" });
      return signature;
    },
  };
}

async function makeKey(file: string, config: Config): Promise<void> {
  const made = await generateSigningKey({ name: "kOS registry", email: `registry@${new URL(config.publicUrl).hostname}` });
  const locked = await openpgp.encryptKey({ privateKey: await openpgp.readPrivateKey({ armoredKey: made.privateKey }), passphrase: config.keySecret });
  try {
    writeFileSync(file, locked.armor(), { mode: 0o600, flag: "wx" });
    chmodSync(file, 0o600);
  } catch (error) {
    // Another process of this instance made it first: that one counts.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
