import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const VERSION = "1";

/** Locks a text for one account: AES-256-GCM under a key that HKDF makes of the instance's secret, the account's id authenticated with it. */
export function sealSecret(authSecret: string, userId: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(authSecret), iv).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [VERSION, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
}

/** The text that was locked for this account; null where the secret is another one or the row was altered or moved. */
export function openSecret(authSecret: string, userId: string, sealed: string): string | null {
  const [version, ...parts] = sealed.split(".");
  const [iv, tag, bytes] = parts.map((part) => Buffer.from(part, "base64url"));
  if (version !== VERSION || iv === undefined || tag?.length !== 16 || bytes === undefined) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(authSecret), iv, { authTagLength: 16 }).setAAD(Buffer.from(userId)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function sealingKey(authSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", authSecret, "", "kos-marketplace totp secret", 32));
}
