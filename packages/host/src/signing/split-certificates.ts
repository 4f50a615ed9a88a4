import { readKeys } from "openpgp";
import { keyUnusable } from "../command-line/errors.ts";

const BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;

/** The key in a line of a `.pub` or an `allowed_signers` file, behind names and options. */
const SSH_KEY = /(?:^|[ \t])((?:ssh|ecdsa|sk)-[a-z0-9@.-]+ AAAA[A-Za-z0-9+/]+={0,2})(?:[ \t]|\r?$)/gm;

/**
 * The certificates of a `keys.asc`, one armored block each: such a file may hold several blocks, and GnuPG exports
 * several keys into one block. Beside or instead of them, public keys of OpenSSH. Whether each may be used is decided where a signature is verified.
 */
export async function splitCertificates(text: string): Promise<string[]> {
  const blocks = text.match(BLOCK) ?? [];
  const sshKeys = Array.from(text.replace(BLOCK, "").matchAll(SSH_KEY), ([, key = ""]) => key);
  if (blocks.length + sshKeys.length === 0) throw keyUnusable("the text holds neither `-----BEGIN PGP PUBLIC KEY BLOCK-----` nor a key of OpenSSH", "Export it with `gpg --armor --export`, or give a `.pub` file.");
  const split = await Promise.all(blocks.map(splitBlock));
  return [...split.flat(), ...sshKeys];
}

async function splitBlock(block: string): Promise<string[]> {
  const keys = await readKeys({ armoredKeys: block }).catch(() => []);
  // One key stays as it was written, so that the strict reader judges the original and not a copy.
  return keys.length > 1 ? keys.map((key) => key.toPublic().armor()) : [`${block}\n`];
}
