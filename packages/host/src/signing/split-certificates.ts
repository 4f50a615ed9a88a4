import { readKeys } from "openpgp";
import { keyUnusable } from "../command-line/errors.ts";

const BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;

/**
 * The certificates of a `keys.asc`, one armored block each: such a file may hold several blocks, and GnuPG exports
 * several keys into one block. Whether each may be used is decided where a signature is verified.
 */
export async function splitCertificates(text: string): Promise<string[]> {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) throw keyUnusable("the text holds no `-----BEGIN PGP PUBLIC KEY BLOCK-----`", "Export it with `gpg --armor --export`.");
  const split = await Promise.all(blocks.map(splitBlock));
  return split.flat();
}

async function splitBlock(block: string): Promise<string[]> {
  const keys = await readKeys({ armoredKeys: block }).catch(() => []);
  // One key stays as it was written, so that the strict reader judges the original and not a copy.
  return keys.length > 1 ? keys.map((key) => key.toPublic().armor()) : [`${block}\n`];
}
