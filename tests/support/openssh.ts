import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface OpensshKey {
  publicKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  /** Signs with `ssh-keygen -Y sign`. */
  sign: (bytes: Uint8Array, namespace?: string) => string;
  /** What `ssh-keygen -Y verify` says of it; throws where it refuses. */
  verify: (allowedSigners: string, identity: string, signature: string, bytes: Uint8Array) => string;
  dispose: () => void;
}

/** A key made by the installed OpenSSH in a folder of its own, which goes with `dispose`. */
export function makeOpensshKey(kind: "ed25519" | "ecdsa" = "ed25519"): OpensshKey {
  const folder = mkdtempSync(join(tmpdir(), "kos-ssh-"));
  const run = (args: string[], input: Uint8Array | string = "") => execFileSync("ssh-keygen", args, { cwd: folder, input, stdio: ["pipe", "pipe", "pipe"] }).toString();
  run(["-q", "-t", kind, "-b", "256", "-N", "", "-C", "someone@somewhere", "-f", "key"]);
  return {
    publicKey: readFileSync(join(folder, "key.pub"), "utf8"),
    fingerprint: run(["-l", "-f", "key.pub"]).split(" ")[1] ?? "",
    sign: (bytes, namespace = "kos-artifact") => run(["-q", "-Y", "sign", "-n", namespace, "-f", "key"], bytes),
    verify: (allowedSigners, identity, signature, bytes) => {
      writeFileSync(join(folder, "signers"), allowedSigners);
      writeFileSync(join(folder, "sig"), signature);
      return run(["-Y", "verify", "-f", "signers", "-I", identity, "-n", "kos-artifact", "-s", "sig"], bytes);
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
