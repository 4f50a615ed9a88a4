import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A GnuPG home in which keys and signatures of every kind are made, good ones and bad ones. */
export class GnupgWorkshop {
  // Short: the agent's socket lives in it, and socket paths are limited to 108 bytes.
  readonly folder = mkdtempSync(join(tmpdir(), "ks-"));

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  read(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  gpg(...args: string[]): string {
    return execFileSync("gpg", [...this.#options(), ...args], { stdio: ["ignore", "pipe", "pipe"], encoding: "latin1" });
  }

  /** Makes a key that signs and returns its user id. */
  makeKey(name: string, algorithm: string, expires = "never", ...more: string[]): string {
    const user = `${name}@example.org`;
    this.gpg(...more, "--quick-generate-key", user, algorithm, "sign", expires);
    return user;
  }

  /** Revokes with the certificate that GnuPG made beside the key, behind a colon against accidents. */
  revoke(user: string): void {
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(this.gpg("--with-colons", "--list-keys", user))?.[1] ?? "";
    const text = readFileSync(this.path(`openpgp-revocs.d/${fingerprint}.rev`), "latin1");
    this.gpg("--import", this.write("revocation.asc", text.replace(":-----BEGIN", "-----BEGIN")));
  }

  /** Signs the file with these users, armored and detached unless told otherwise. */
  sign(file: string, users: readonly string[], ...more: string[]): string {
    return this.gpg(...users.flatMap((user) => ["--local-user", user]), "--armor", ...more, "--output", "-", "--detach-sign", file);
  }

  certificate(...users: string[]): string {
    return this.gpg("--armor", "--export", ...users);
  }

  /** The word of GnuPG's status that decides: GOODSIG, EXPKEYSIG, REVKEYSIG, EXPSIG, BADSIG or ERRSIG. */
  verdict(signature: string, file: string): string {
    const { stdout, status } = spawnSync("gpg", [...this.#options(), "--status-fd", "1", "--verify", signature, file], { encoding: "latin1" });
    const words = Array.from(stdout.matchAll(/^\[GNUPG:\] (GOODSIG|EXPKEYSIG|REVKEYSIG|EXPSIG|BADSIG|ERRSIG|NODATA)/gm), ([, word = ""]) => word);
    return words.length === 0 ? `exit ${status ?? "by a signal"}` : [...new Set(words)].join(" and ");
  }

  remove(): void {
    execFileSync("gpgconf", ["--homedir", this.folder, "--kill", "all"], { stdio: "ignore" });
    rmSync(this.folder, { recursive: true, force: true });
  }

  #options(): string[] {
    return ["--homedir", this.folder, "--batch", "--yes", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--trust-model", "always", "--allow-weak-digest-algos"];
  }
}
