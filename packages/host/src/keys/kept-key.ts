import { generateSigningKey } from "@kosmarket/kit";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readPrivateKey } from "openpgp";
import type { CommandContext } from "../command-line/command.ts";
import { fileUnreadable, fileUnwritable, keyUnusable } from "../command-line/errors.ts";
import { holdInterrupts } from "../command-line/hold-interrupts.ts";
import { configFolder } from "../registry/credentials.ts";
import { lockPrivateKey } from "../signing/lock-private-key.ts";

/** A signing key that this program made and keeps for one publisher of one registry. */
export interface KeptKey {
  /** 40 lower-case hexadecimal digits */
  fingerprint: string;
  /** armored: as it lies in its file, or just made, which needs no passphrase yet */
  privateKey: string;
  /** armored; what is registered */
  certificate: string;
  paths: { privateKey: string; certificate: string; revocation: string };
}

interface Owner {
  registry: string;
  publisher: string;
}

const OWNER_ONLY = 0o600;

/** The key of a publisher, or null where none was made on this machine. Throws `key-unusable` for files that hold none. */
export async function readKeptKey(env: CommandContext["env"], owner: Owner): Promise<KeptKey | null> {
  const paths = pathsIn(keyFolder(env, owner));
  const privateKey = await readFile(paths.privateKey, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw fileUnreadable(paths.privateKey, error);
  });
  if (privateKey === null) return null;
  const certificate = await readFile(paths.certificate, "utf8").catch((error: unknown) => {
    throw fileUnreadable(paths.certificate, error);
  });
  const key = await readPrivateKey({ armoredKey: privateKey }).catch(() => null);
  if (key === null) throw keyUnusable(`\`${paths.privateKey}\` holds no OpenPGP private key`, "Put the right file back, or move the folder away to have a new key made.");
  return { fingerprint: key.getFingerprint(), privateKey, certificate, paths };
}

/**
 * Makes a key (Ed25519) with its certificate and its revocation, for this user alone. The folder comes into place whole
 * or not at all, and never in the place of another.
 */
export async function makeKeptKey(env: CommandContext["env"], owner: Owner & { name: string; email: string; passphrase: string }): Promise<KeptKey> {
  const made = await generateSigningKey({ name: owner.name, email: owner.email });
  const privateKey = owner.passphrase === "" ? made.privateKey : await lockPrivateKey(made.privateKey, owner.passphrase);
  const folder = keyFolder(env, owner);
  await holdInterrupts(() => placeFolder(folder, { privateKey, certificate: made.publicKey, revocation: made.revocationCertificate }));
  return { fingerprint: made.fingerprint, privateKey: made.privateKey, certificate: made.publicKey, paths: pathsIn(folder) };
}

async function placeFolder(folder: string, files: Record<keyof KeptKey["paths"], string>): Promise<void> {
  const fresh = `${folder}.${randomBytes(6).toString("hex")}`;
  const paths = pathsIn(fresh);
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    await mkdir(fresh, { mode: 0o700 });
    await writeFile(paths.privateKey, files.privateKey, { mode: OWNER_ONLY, flag: "wx" });
    await writeFile(paths.revocation, files.revocation, { mode: OWNER_ONLY, flag: "wx" });
    await writeFile(paths.certificate, files.certificate, { flag: "wx" });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw fileUnwritable(folder, error);
  }
}

/** `keys/market.example/ada` below the program's own folder. */
function keyFolder(env: CommandContext["env"], { registry, publisher }: Owner): string {
  const { host, pathname } = new URL(registry);
  return join(configFolder(env), "keys", `${host}${pathname}`.replace(/\/+$/, "").replace(/[^a-z0-9.-]+/g, "_"), publisher);
}

function pathsIn(folder: string): KeptKey["paths"] {
  return { privateKey: join(folder, "private.asc"), certificate: join(folder, "public.asc"), revocation: join(folder, "revocation.asc") };
}
