import { verifySync } from "otplib";
import type { Deps } from "#lib/runtime/index.ts";
import { totpUnreadable } from "./errors.ts";
import { openSecret } from "./seal-secret.ts";

/** Seconds of a step (RFC 6238, section 4); one before and one after count too, for clocks that differ. */
const PERIOD = 30;

/** The number of the 30-second step that this six-digit code belongs to; null where it belongs to none that counts now. */
export function matchStep(deps: Pick<Deps, "config" | "now">, row: { userId: string; sealed: string }, code: string): bigint | null {
  const secret = openSecret(deps.config.authSecret, row.userId, row.sealed);
  if (secret === null) throw totpUnreadable();
  const epoch = Math.floor(deps.now().getTime() / 1000);
  const matched = verifySync({ secret, token: code, epoch, epochTolerance: PERIOD, period: PERIOD, digits: 6, algorithm: "sha1" });
  return matched.valid && "timeStep" in matched ? BigInt(matched.timeStep) : null;
}
