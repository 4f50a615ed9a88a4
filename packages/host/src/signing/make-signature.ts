import { SigningKeyError, signDetached } from "@kosmarket/kit";
import type { Arguments, CommandContext, OptionTable } from "../command-line/command.ts";
import { keyUnusable, wrongUsage } from "../command-line/errors.ts";
import { readInputText } from "../command-line/read-input.ts";
import { signWithGpg } from "./sign-with-gpg.ts";
import { signWithSsh } from "./run-ssh-keygen.ts";
import { unlockPrivateKey } from "./unlock-private-key.ts";

/** The ways to sign, for the commands that do. */
export const SIGNING_OPTIONS = {
  key: { value: "FILE", text: "sign with this private key of OpenPGP or OpenSSH; its passphrase stands in KOS_KEY_PASSPHRASE" },
  gpg: { text: "sign with the installed GnuPG" },
  user: { value: "ID", text: "with --gpg: key id, fingerprint or address of the key" },
} as const satisfies OptionTable;

/** Which of several ways was chosen; null for none. Throws a usage error for more than one. */
export function chosenWay<Way extends string>(args: Arguments, ways: readonly Way[]): Way | null {
  const chosen = ways.filter((way) => args.flag(way) || args.text(way) !== undefined);
  if (chosen.length > 1) throw wrongUsage(`choose one of ${chosen.map((way) => `--${way}`).join(" and ")}`);
  return chosen[0] ?? null;
}

/** Signs the bytes as `--key` or `--gpg` says: armored, detached, over exactly these bytes. */
export async function makeSignature({ args, env }: Pick<CommandContext, "args" | "env">, way: "key" | "gpg", data: Uint8Array): Promise<string> {
  if (way === "gpg") return signWithGpg(data, args.text("user"));
  const file = args.text("key") ?? "";
  const armored = await readInputText(file);
  if (armored.startsWith("-----BEGIN OPENSSH PRIVATE KEY-----") || /^(?:ssh|ecdsa|sk)-\S+ AAAA/.test(armored)) return signWithSsh(data, file, env.KOS_KEY_PASSPHRASE);
  try {
    return await signDetached(data, await unlockPrivateKey(armored, env.KOS_KEY_PASSPHRASE));
  } catch (error) {
    if (error instanceof SigningKeyError) throw keyUnusable(error.message);
    throw error;
  }
}
