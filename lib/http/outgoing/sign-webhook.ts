import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds by which a receiver's clock and a delivery may be apart. */
const TOLERANCE_SECONDS = 300;

/** The header `kos-signature` of a delivery: `t=…,v1=…`, HMAC-SHA256 over `t.body` in hex. `timestamp`: seconds since 1970. */
export function signWebhook(secret: string, timestamp: number, body: string | Uint8Array): string {
  return `t=${timestamp},v1=${mac(secret, String(timestamp), body).toString("hex")}`;
}

/**
 * What a receiver does: exactly one time, signed within five minutes of `now`, and one of the signatures good (two
 * stand there while a secret is changed). Compares in constant time.
 */
export function verifyWebhook(secret: string, header: string, body: string | Uint8Array, now: number): boolean {
  const parts = header.split(",").map((part) => part.trim().split("=", 2));
  const [time, ...others] = parts.filter(([name]) => name === "t").map(([, value]) => value ?? "");
  if (time === undefined || others.length > 0 || !/^\d{1,12}$/.test(time) || Math.abs(now - Number(time)) > TOLERANCE_SECONDS) return false;
  const expected = mac(secret, time, body);
  const given = parts.filter(([name, value]) => name === "v1" && /^[0-9a-f]{64}$/.test(value ?? "")).map(([, value]) => Buffer.from(value ?? "", "hex"));
  return given.filter((signature) => timingSafeEqual(signature, expected)).length > 0;
}

function mac(secret: string, timestamp: string, body: string | Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest();
}
