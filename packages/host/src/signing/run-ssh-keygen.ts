import { SSH_NAMESPACE } from "@kosmarket/kit";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sshFailed } from "../command-line/errors.ts";

/** Lets the installed OpenSSH make an Ed25519 key at `path`, and `path`.pub beside it. */
export async function makeSshKey(path: string, comment: string, passphrase: string): Promise<void> {
  // An empty passphrase may stand among the arguments, which other users of the machine can read; a real one may not.
  const locked = passphrase === "" ? ["-N", ""] : [];
  await runSshKeygen(["-q", "-t", "ed25519", ...locked, "-C", comment, "-f", path], passphrase, null);
}

/**
 * Lets the installed OpenSSH sign exactly these bytes for this registry's purpose. Asks for a passphrase where none was
 * given; a public key signs through the agent.
 *
 * @returns the armored `SSH SIGNATURE`
 */
export async function signWithSsh(data: Uint8Array, keyFile: string, passphrase: string | undefined): Promise<string> {
  return runSshKeygen(["-q", "-Y", "sign", "-n", SSH_NAMESPACE, "-f", keyFile], passphrase ?? "", data);
}

async function runSshKeygen(args: string[], passphrase: string, input: Uint8Array | null): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kos-ssh-"));
  try {
    return await collect(args, { ...process.env, ...(passphrase === "" ? {} : await askpass(folder, passphrase)) }, input);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** OpenSSH takes a passphrase from a terminal or from a program (ssh(1), SSH_ASKPASS): this one prints what its environment holds. */
async function askpass(folder: string, passphrase: string): Promise<Record<string, string>> {
  const program = join(folder, "askpass");
  await writeFile(program, "#!/bin/sh\nprintf '%s\\n' \"$KOS_ASKPASS\"\n", { mode: 0o700 });
  return { SSH_ASKPASS: program, SSH_ASKPASS_REQUIRE: "force", KOS_ASKPASS: passphrase };
}

function collect(args: string[], env: NodeJS.ProcessEnv, input: Uint8Array | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = spawn("ssh-keygen", args, { stdio: ["pipe", "pipe", "pipe"], env });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    program.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    program.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    program.once("error", () => reject(sshFailed("ssh-keygen cannot be started; install OpenSSH, or sign with an OpenPGP key")));
    program.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString("ascii"));
      else reject(sshFailed(`ssh-keygen ended with ${code ?? "a signal"}: ${Buffer.concat(err).toString("utf8").trim()}`));
    });
    // One that refuses its key closes its input at once; what it says on standard error is the answer then.
    program.stdin.on("error", () => undefined);
    program.stdin.end(input ?? "");
  });
}
