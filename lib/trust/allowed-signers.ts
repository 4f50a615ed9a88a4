import { SSH_NAMESPACE } from "@kosmarket/kit";
import type { SigningKeyDetailView } from "./schema.ts";

/**
 * The publisher's OpenSSH keys in the form that `ssh-keygen -Y verify -f` reads (ssh-keygen(1), "ALLOWED SIGNERS"), each
 * for the time in which the registry took its signatures.
 */
export function writeAllowedSigners(slug: string, keys: readonly SigningKeyDetailView[]): string {
  return keys.map((key) => `${slug} ${optionsOf(key)} ${key.armored}\n`).join("");
}

function optionsOf({ addedAt, revoked }: SigningKeyDetailView): string {
  const options = [`namespaces="${SSH_NAMESPACE}"`, `valid-after="${sshTime(addedAt)}"`, ...(revoked === null ? [] : [`valid-before="${sshTime(revoked.compromisedSince ?? revoked.at)}"`])];
  return options.join(",");
}

/** Seconds in UTC, as OpenSSH writes times. */
function sshTime(at: string): string {
  return `${at.slice(0, 19).replace(/\D/g, "")}Z`;
}
