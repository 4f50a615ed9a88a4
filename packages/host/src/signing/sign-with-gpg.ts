import { spawn } from "node:child_process";
import { gpgFailed } from "../command-line/errors.ts";

/**
 * Lets the installed GnuPG sign exactly these bytes: armored and detached. Its agent asks for a passphrase where
 * there is one, and hardware keys work.
 *
 * @param user key id, fingerprint or address; GnuPG's default key when absent
 */
export async function signWithGpg(data: Uint8Array, user: string | undefined): Promise<string> {
  const selection = user === undefined ? [] : ["--local-user", user];
  const gpg = spawn("gpg", [...selection, "--armor", "--detach-sign", "--digest-algo", "SHA512", "--output", "-"], { stdio: ["pipe", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  gpg.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  gpg.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const ended = new Promise<number>((resolve, reject) => {
    gpg.once("error", () => reject(gpgFailed("gpg cannot be started; install GnuPG, or sign with --key")));
    gpg.once("close", (code) => resolve(code ?? 1));
  });
  // A gpg without a key closes its input at once; what it says on standard error is the answer then.
  gpg.stdin.on("error", () => undefined);
  gpg.stdin.end(data);
  const code = await ended;
  if (code !== 0) throw gpgFailed(`gpg ended with ${code}: ${Buffer.concat(err).toString("utf8").trim()}`);
  return Buffer.concat(out).toString("ascii");
}
