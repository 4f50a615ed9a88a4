import { SSH_NAMESPACE } from "@kosmarket/kit";
import type { SigningKeyDetailView } from "./schema.ts";

/**
 * The publisher's OpenSSH keys in the form that `ssh-keygen -Y verify -f` reads (ssh-keygen(1), "ALLOWED SIGNERS"), each
 * for the time in which its signatures count. A key that was compromised before it was registered is left out.
 */
export function writeAllowedSigners(slug: string, keys: readonly SigningKeyDetailView[]): string {
  const trusted = keys.map((key) => ({ ...key, until: endOf(key) })).filter(({ addedAt, until }) => until === null || until > addedAt);
  return trusted.map(({ armored, addedAt, until }) => `${slug} ${optionsOf(addedAt, until)} ${armored}\n`).join("");
}

/** ISO 8601 in UTC, so that times compare as text; null for a key in good standing. */
function endOf({ revoked }: SigningKeyDetailView): string | null {
  if (revoked === null) return null;
  return revoked.compromisedSince ?? (revoked.reason === "compromised" ? new Date(0).toISOString() : revoked.at);
}

function optionsOf(from: string, until: string | null): string {
  return [`namespaces="${SSH_NAMESPACE}"`, `valid-after="${sshTime(from)}"`, ...(until === null ? [] : [`valid-before="${sshTime(until)}"`])].join(",");
}

/** Seconds in UTC, as OpenSSH writes times. */
function sshTime(at: string): string {
  return `${at.slice(0, 19).replace(/\D/g, "")}Z`;
}
