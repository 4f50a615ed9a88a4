import { createHash } from "node:crypto";

/** One mailbox, whatever is written after a `+`: all of it arrives in the same place. Hashed, so that limits name nobody. */
export function mailboxOf(address: string): string {
  return createHash("sha256").update(address.replace(/\+[^@]*@/, "@")).digest("hex").slice(0, 32);
}
