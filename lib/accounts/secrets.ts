import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** 32 random bytes as base64url: what session tokens and one-time links are made of. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in hex: how every bearer secret is stored. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = (BASE62[Number(rest % 62n)] ?? "0") + text;
  return text;
}

/** `kos_`, 32 random bytes in base 62 (43 characters) and a CRC-32 (6), so that scanners can tell a real token from a look-alike. */
export function newApiToken(): string {
  const body = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43);
  return `kos_${body}${base62(BigInt(crc32(body)), 6)}`;
}

/** True for text in the form of an API token whose checksum holds: checked before the database is asked. */
export function isApiToken(text: string): boolean {
  const match = /^kos_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text);
  return match !== null && base62(BigInt(crc32(match[1] ?? "")), 6) === match[2];
}
