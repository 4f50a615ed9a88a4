import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, scryptSync, sign, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noteSignatureLine, noteVerifier, writeVerifierKey, type NoteVerifier } from "@kosmarket/kit";
import { z } from "zod";
import { processWide, type Config } from "#lib/platform/index.ts";

const base64 = z.string().transform((text) => Buffer.from(text, "base64"));
/** The private key is AES-256-GCM under scrypt of `KOS_KEY_SECRET`; the public one is beside it, so that reading needs no secret. */
const KeyFile = z.object({ v: z.literal(1), publicKey: base64, salt: base64, iv: base64, tag: base64, locked: base64 });

export interface LogSigner {
  verifier: NoteVerifier;
  /** The verifier as one line: what clients pin. */
  verifierKey: string;
  /** The text as a signed note. */
  sign(text: string): string;
}

/** What names this log in its checkpoints: the address that its tiles are below, without the scheme. */
export function logOrigin(config: Pick<Config, "publicUrl">): string {
  return `${new URL(config.publicUrl).host}/log`;
}

/** The log's Ed25519 key, made on first use in `<data>/keys/log.key` (mode 0600, encrypted with `KOS_KEY_SECRET`). */
export function logSigner(config: Config): Promise<LogSigner> {
  return processWide(`log-signer ${config.dataDir}`, () => openSigner(config));
}

async function openSigner(config: Config): Promise<LogSigner> {
  const file = join(config.dataDir, "keys", "log.key");
  if (!existsSync(file)) makeKey(file, config.keySecret);
  const held = KeyFile.parse(JSON.parse(readFileSync(file, "utf8")));
  const privateKey = unlock(held, config.keySecret);
  const verifier = await noteVerifier(logOrigin(config), held.publicKey);
  if (!rawPublicKey(privateKey).equals(held.publicKey)) throw new Error("keys/log.key holds two keys that do not belong together");
  return {
    verifier,
    verifierKey: writeVerifierKey(verifier),
    sign: (text) => `${text}\n${noteSignatureLine({ name: verifier.name, keyId: verifier.keyId, signature: new Uint8Array(sign(null, Buffer.from(text, "utf8"), privateKey)) })}`,
  };
}

/** The public half of the key in this data folder; null where there is none. */
export function heldPublicKey(config: Pick<Config, "dataDir">): Buffer | null {
  const file = join(config.dataDir, "keys", "log.key");
  return existsSync(file) ? KeyFile.parse(JSON.parse(readFileSync(file, "utf8"))).publicKey : null;
}

function makeKey(file: string, secret: string): void {
  mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync("ed25519");
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", scryptSync(secret, salt, 32), iv);
  const locked = Buffer.concat([cipher.update(privateKey.export({ type: "pkcs8", format: "der" })), cipher.final()]);
  const fields = { publicKey: rawPublicKey(privateKey), salt, iv, tag: cipher.getAuthTag(), locked };
  const text = JSON.stringify({ v: 1, ...Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, bytes.toString("base64")])) });
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    // Another process of this instance made it first: that one counts.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function unlock(held: z.infer<typeof KeyFile>, secret: string): KeyObject {
  const decipher = createDecipheriv("aes-256-gcm", scryptSync(secret, held.salt, 32), held.iv);
  decipher.setAuthTag(held.tag);
  return createPrivateKey({ key: Buffer.concat([decipher.update(held.locked), decipher.final()]), type: "pkcs8", format: "der" });
}

function rawPublicKey(privateKey: KeyObject): Buffer {
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return Buffer.from(x, "base64url");
}
