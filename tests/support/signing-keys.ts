import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { generateSigningKey, signDetached } from "@kosmarket/kit";
import type { Principal } from "#lib/accounts/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { addKey } from "#lib/trust/index.ts";

/** A key made as the browser makes it and registered for the publisher. Returns how to sign with it. */
export async function registerKey(deps: Pick<Deps, "db" | "now">, owner: Principal, slug: string): Promise<{ fingerprint: string; sign: (bytes: Uint8Array) => Promise<string> }> {
  const made = await generateSigningKey({ name: slug, email: `${slug}@example.org` });
  const { fingerprint } = await addKey(deps.db, { principal: owner, slug, key: { format: "openpgp", key: made.publicKey }, now: deps.now() });
  return { fingerprint, sign: (bytes) => signDetached(bytes, made.privateKey) };
}

/** GnuPG with a home of its own, which goes with `dispose`. */
export function openGnupg(): { run: (args: string[], input?: Uint8Array | string) => string; file: (name: string, bytes: Uint8Array | string) => string; dispose: () => void } {
  // Short: the agent's socket lives in it, and socket paths are limited to 108 bytes.
  const home = mkdtempSync(join(tmpdir(), "kg-"));
  return {
    run: (args, input) => execFileSync("gpg", ["--homedir", home, "--batch", "--yes", "--no-tty", "--passphrase", "", ...args], { stdio: ["pipe", "pipe", "pipe"], input: input ?? "" }).toString(),
    file: (name, bytes) => {
      writeFileSync(join(home, name), bytes);
      return join(home, name);
    },
    dispose: () => {
      execFileSync("gpgconf", ["--homedir", home, "--kill", "all"], { stdio: "ignore" });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
