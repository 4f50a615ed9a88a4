import type { GnupgWorkshop } from "./gnupg-workshop.ts";

/** One file with its signature and keys, and what must come out. */
export interface SignedCase {
  name: string;
  content: "data" | "other";
  signature: string;
  certificate: string;
  /** Whether the mathematics hold: GnuPG, Sequoia and this registry must agree on that. */
  holds: boolean;
  /** The rule by which the registry refuses all the same, or null. */
  rule: string | null;
}

/** GnuPG signs with no hash shorter than the curve. */
const SHORT_HASHES: Readonly<Record<string, string>> = { "P-384": "SHA384", "P-521": "SHA512" };

const KINDS = { "RSA 3072": "rsa3072", "RSA 4096": "rsa4096", Ed25519: "ed25519", "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" } as const;

/** Forty cases: every accepted kind of key, good and bad; then what is good to others and refused here, each by its rule. */
export function makeSignedCases(shop: GnupgWorkshop): SignedCase[] {
  const users = Object.entries(KINDS).map(([name, algorithm]) => ({ name, user: shop.makeKey(algorithm, algorithm) }));
  return [...users.flatMap(({ name, user }) => plainCases(shop, name, user)), ...armorCases(shop, "ed25519@example.org"), ...stricterCases(shop, "ed25519@example.org")];
}

/** Two hashes, other bytes, and a signature whose numbers were altered. */
function plainCases(shop: GnupgWorkshop, name: string, user: string): SignedCase[] {
  const certificate = shop.certificate(user);
  const file = shop.path("data");
  const hash = SHORT_HASHES[name] ?? "SHA256";
  const [short, long] = [shop.sign(file, [user], "--digest-algo", hash), shop.sign(file, [user], "--digest-algo", "SHA512")];
  const one = { certificate, rule: null };
  return [
    { ...one, name: `${name}, ${hash.replace("SHA", "SHA-")}${hash === "SHA512" ? ", another" : ""}`, content: "data", signature: short, holds: true },
    { ...one, name: `${name}, SHA-512`, content: "data", signature: long, holds: true },
    { ...one, name: `${name}, other bytes`, content: "other", signature: long, holds: false },
    { ...one, name: `${name}, altered signature`, content: "data", signature: alterLastByte(shop, long), holds: false },
  ];
}

/** Turns a bit in the signature's last number and writes the armor anew, so that its checksum is right. */
function alterLastByte(shop: GnupgWorkshop, signature: string): string {
  shop.gpg("--output", shop.path("bare"), "--dearmor", shop.write("armored", signature));
  const bytes = shop.read("bare");
  bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
  shop.write("bare", bytes);
  return shop.gpg("--output", "-", "--enarmor", shop.path("bare")).replaceAll("PGP ARMORED FILE", "PGP SIGNATURE").replace(/^Comment:.*\n/m, "");
}

function armorCases(shop: GnupgWorkshop, user: string): SignedCase[] {
  const [certificate, signature] = [shop.certificate(user), shop.sign(shop.path("data"), [user])];
  const one = { certificate, content: "data", holds: true } as const;
  return [
    { ...one, name: "armor with CRLF", signature: signature.replaceAll("\n", "\r\n"), rule: null },
    { ...one, name: "armor without checksum", signature: signature.replace(/^=.{4}\n/m, ""), rule: null },
    { ...one, name: "armor with a comment", signature: signature.replace("\n\n", "\nComment: hello\n\n"), rule: null },
    { ...one, name: "text before the armor", signature: `hello\n${signature}`, rule: "signature.bad-armor" },
    { ...one, name: "text after the armor", signature: `${signature}hello\n`, rule: "signature.bad-armor" },
    { ...one, name: "an unknown armor header", signature: signature.replace("\n\n", "\nX-Note: hello\n\n"), rule: "signature.bad-armor" },
  ];
}

function stricterCases(shop: GnupgWorkshop, user: string): SignedCase[] {
  const file = shop.path("data");
  const rsa = "rsa3072@example.org";
  const small = shop.makeKey("small", "rsa2048");
  const koblitz = shop.makeKey("koblitz", "secp256k1");
  const short = shop.makeKey("short", "ed25519", "2026-01-31", "--faked-system-time", "20260101T000000");
  const gone = shop.makeKey("gone", "ed25519");
  const backdated = shop.sign(file, [short], "--faked-system-time", "20260115T000000");
  const before = shop.sign(file, [gone]);
  shop.revoke(gone);
  const one = { content: "data", holds: true } as const;
  return [
    { ...one, name: "RSA 2048", signature: shop.sign(file, [small]), certificate: shop.certificate(small), rule: "signature.weak-algorithm" },
    { ...one, name: "secp256k1", signature: shop.sign(file, [koblitz]), certificate: shop.certificate(koblitz), rule: "signature.weak-algorithm" },
    { ...one, name: "SHA-1", signature: shop.sign(file, [rsa], "--digest-algo", "SHA1"), certificate: shop.certificate(rsa), rule: "signature.weak-hash" },
    { ...one, name: "SHA-224", signature: shop.sign(file, [rsa], "--digest-algo", "SHA224"), certificate: shop.certificate(rsa), rule: "signature.weak-hash" },
    { ...one, name: "text mode", signature: shop.sign(file, [user], "--textmode"), certificate: shop.certificate(user), rule: "signature.not-binary" },
    { ...one, name: "two good signatures", signature: shop.sign(file, [user, rsa]), certificate: shop.certificate(user, rsa), rule: "signature.multiple" },
    { ...one, name: "key expired, signature dated before", signature: backdated, certificate: shop.certificate(short), rule: "signature.key-expired" },
    { ...one, name: "key revoked after signing", signature: before, certificate: shop.certificate(gone), rule: "signature.key-revoked" },
    { ...one, name: "dated a day ahead", signature: shop.sign(file, [user], "--faked-system-time", isoBasic(Date.now() + 86_400_000)), certificate: shop.certificate(user), rule: "signature.from-future" },
    { ...one, name: "of a key that was not given", signature: shop.sign(file, [user]), certificate: shop.certificate(rsa), rule: "signature.unknown-key" },
  ];
}

function isoBasic(time: number): string {
  return new Date(time).toISOString().replace(/[-:]/g, "").slice(0, 15);
}
