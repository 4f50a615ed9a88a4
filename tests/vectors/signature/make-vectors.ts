/**
 * Makes the signature and certificate vectors anew, with the system's GnuPG and
 * OpenPGP.js; run once by hand, the results are committed. The private keys are
 * thrown away with the temporary folder.
 *
 *   node tests/vectors/signature/make-vectors.ts
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as openpgp from "openpgp";

const folder = import.meta.dirname;
const home = mkdtempSync(join(tmpdir(), "kv-"));
const DATA = "services:\n  - id: vector\n";
const OTHER = "services:\n  - id: vectors\n";
const MADE = "20260101T000000";
const SIGNED = "20260201T000000";
const RECEIVED = "2026-03-01T00:00:00.000Z";

interface Case { file: string; kind: "signature" | "certificate"; certificates?: string[]; data?: string; receivedAt: string; code: string | null; note: string }
const cases: Case[] = [];

function gpg(args: string[], input?: string, time = SIGNED): string {
  const base = ["--homedir", home, "--batch", "--yes", "--no-tty", "--quiet", "--faked-system-time", `${time}!`, "--ignore-time-conflict", "--pinentry-mode", "loopback", "--passphrase", ""];
  return execFileSync("gpg", [...base, ...args], { input, encoding: "latin1", stdio: ["pipe", "pipe", "pipe"] });
}

function makeKey(name: string, lines: string[], extra: string[] = []): string {
  gpg([...extra, "--generate-key"], [...lines, `Name-Real: ${name}`, `Name-Email: ${name}@vectors.example`, "%no-protection", "%commit", ""].join("\n"), MADE);
  return `${name}@vectors.example`;
}

function save(file: string, text: string): void {
  writeFileSync(join(folder, file), text, "latin1");
}

function exportCert(user: string, file: string): void {
  save(file, gpg(["--armor", "--export", user]));
}

function detach(user: string, extra: string[] = [], data = DATA, time = SIGNED): string {
  return gpg(["--armor", "--local-user", user, ...extra, "--detach-sign"], data, time);
}

function signature(name: string, text: string, code: string | null, certificates: string[], note: string, more: Partial<Case> = {}): void {
  save(`${name}.sig.asc`, text);
  cases.push({ file: `${name}.sig.asc`, kind: "signature", certificates, data: "data.yaml", receivedAt: RECEIVED, code, note, ...more });
}

function certificate(name: string, text: string, code: string | null, note: string, receivedAt = RECEIVED): void {
  save(`${name}.cert.asc`, text);
  cases.push({ file: `${name}.cert.asc`, kind: "certificate", receivedAt, code, note });
}

function dearmor(text: string): Buffer {
  return execFileSync("gpg", ["--homedir", home, "--batch", "--dearmor"], { input: text });
}

function enarmor(bytes: Uint8Array, label: "SIGNATURE" | "PUBLIC KEY BLOCK"): string {
  const body = Buffer.from(bytes).toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN PGP ${label}-----\n\n${body}-----END PGP ${label}-----\n`;
}

const ed = ["Key-Type: eddsa", "Key-Curve: ed25519", "Key-Usage: sign"];
const alice = makeKey("alice", ed);
const bob = makeKey("bob", ed);
const short = makeKey("short", [...ed, "Expire-Date: 20260215T000000"]);
const gone = makeKey("gone", ed);
const rsa2048 = makeKey("rsa2048", ["Key-Type: RSA", "Key-Length: 2048", "Key-Usage: sign"]);
const rsa3072 = makeKey("rsa3072", ["Key-Type: RSA", "Key-Length: 3072", "Key-Usage: sign"]);
const dsa = makeKey("dsa", ["Key-Type: DSA", "Key-Length: 2048", "Key-Usage: sign"]);
const koblitz = makeKey("koblitz", ["Key-Type: ecdsa", "Key-Curve: secp256k1", "Key-Usage: sign"]);
const sha1 = makeKey("sha1", ed, ["--cert-digest-algo", "SHA1", "--allow-weak-key-signatures"]);
const elgamal = makeKey("elgamal", [...ed, "Subkey-Type: ELG-E", "Subkey-Length: 2048"]);
const parent = makeKey("parent", ["Key-Type: eddsa", "Key-Curve: ed25519", "Key-Usage: cert", "Subkey-Type: eddsa", "Subkey-Curve: ed25519", "Subkey-Usage: sign"]);
const mute = makeKey("mute", ["Key-Type: eddsa", "Key-Curve: ed25519", "Key-Usage: cert"]);

save("data.yaml", DATA);
save("other.yaml", OTHER);
for (const [user, file] of [[alice, "alice"], [bob, "bob"], [short, "short"], [rsa2048, "rsa2048"], [rsa3072, "rsa3072"], [dsa, "dsa"], [koblitz, "koblitz"], [sha1, "sha1"], [parent, "parent"]] as const) exportCert(user, `${file}.pub.asc`);

const good = detach(alice);
signature("good", good, null, ["bob.pub.asc", "alice.pub.asc"], "GnuPG, Ed25519, SHA-512");
signature("good-rsa3072", detach(rsa3072), null, ["rsa3072.pub.asc"], "GnuPG, RSA 3072");
signature("good-subkey", detach(parent), null, ["parent.pub.asc"], "made by a signing subkey");
signature("good-crlf", good.replaceAll("\n", "\r\n"), null, ["alice.pub.asc"], "armor with CRLF line ends");
signature("good-no-checksum", good.replace(/\n=[^\n]{4}\n/, "\n"), null, ["alice.pub.asc"], "armor without the optional checksum");

signature("other-bytes", good, "signature.bad", ["alice.pub.asc"], "one letter of the data differs", { data: "other.yaml" });
signature("unknown-key", detach(bob), "signature.unknown-key", ["alice.pub.asc"], "made by a key that is not registered");
signature("two-packets", enarmor(Buffer.concat([dearmor(good), dearmor(detach(bob))]), "SIGNATURE"), "signature.multiple", ["alice.pub.asc", "bob.pub.asc"], "two good signatures in one block");
signature("good-and-bad", enarmor(Buffer.concat([dearmor(good), dearmor(detach(bob, [], OTHER))]), "SIGNATURE"), "signature.multiple", ["alice.pub.asc", "bob.pub.asc"], "a bad signature beside a good one");
signature("two-blocks", good + detach(bob), "signature.multiple", ["alice.pub.asc", "bob.pub.asc"], "a second block after the first");
signature("text-mode", detach(alice, ["--textmode"]), "signature.not-binary", ["alice.pub.asc"], "type 0x01 verifies altered line ends");
signature("clear-signed", gpg(["--local-user", alice, "--clear-sign"], DATA), "signature.malformed", ["alice.pub.asc"], "a signed text, not a detached signature");
signature("text-before", `Approved by everyone.\n${good}`, "signature.bad-armor", ["alice.pub.asc"], "text in front of the block");
signature("text-after", `${good}Approved by everyone.\n`, "signature.bad-armor", ["alice.pub.asc"], "text behind the block");
signature("wrong-checksum", good.replace(/\n=[^\n]{4}\n/, "\n=AAAA\n"), "signature.bad-armor", ["alice.pub.asc"], "the armor's CRC does not match");
signature("strange-header", good.replace("SIGNATURE-----\n", "SIGNATURE-----\nX-Trust: full\n"), "signature.bad-armor", ["alice.pub.asc"], "an unknown armor header");
signature("truncated", good.slice(0, Math.floor(good.length / 2)), "signature.bad-armor", ["alice.pub.asc"], "the end is missing");
signature("not-armor", "this is my signature\n", "signature.malformed", ["alice.pub.asc"], "plain text");
signature("half-packet", enarmor(dearmor(good).subarray(0, 40), "SIGNATURE"), "signature.malformed", ["alice.pub.asc"], "a packet shorter than it says");
signature("sha1-digest", detach(rsa3072, ["--digest-algo", "SHA1", "--allow-weak-digest-algos"]), "signature.weak-hash", ["rsa3072.pub.asc"], "SHA-1");
signature("ripemd-digest", detach(rsa3072, ["--digest-algo", "RIPEMD160", "--allow-weak-digest-algos"]), "signature.weak-hash", ["rsa3072.pub.asc"], "RIPEMD-160");
signature("private-key", gpg(["--armor", "--export-secret-keys", bob]).replace(/\n=[^\n]{4}\n[^]*$/, "\n"), "signature.private-key", ["alice.pub.asc"], "a private key sent by mistake (cut, so that it is useless)");
signature("expired-key-backdated", detach(short), "signature.key-expired", ["short.pub.asc"], "dated while the key was valid, received after it had expired");
signature("from-future", detach(alice, [], DATA, "20260401T000000"), "signature.from-future", ["alice.pub.asc"], "dated a month after its receipt");
signature("before-key", detach(alice, [], DATA, "20251201T000000"), "signature.backdated", ["alice.pub.asc"], "dated before its key was made");
signature("expired-signature", detach(alice, ["--default-sig-expire", "1d"]), "signature.expired", ["alice.pub.asc"], "the signature itself ran out");
signature("rsa2048", detach(rsa2048), "signature.weak-algorithm", ["rsa2048.pub.asc"], "RSA 2048");
signature("dsa", detach(dsa), "signature.weak-algorithm", ["dsa.pub.asc"], "DSA");
signature("secp256k1", detach(koblitz), "signature.weak-algorithm", ["koblitz.pub.asc"], "secp256k1");
signature("sha1-self-signature", detach(sha1), "signature.weak-hash", ["sha1.pub.asc"], "the certificate vouches for itself with SHA-1");
signature("certification", enarmor(lastPacket(dearmor(readFileSync(join(folder, "alice.pub.asc"), "latin1"))), "SIGNATURE"), "signature.not-binary", ["alice.pub.asc"], "a self-certification taken out of the certificate");
signature("public-key", readFileSync(join(folder, "alice.pub.asc"), "latin1"), "signature.malformed", ["alice.pub.asc"], "a public key instead of a signature");

const goneSignature = detach(gone);
const revocation = await revokeKeyOf(gone);
save("gone.pub.asc", revocation);
signature("revoked-key", goneSignature, "signature.key-revoked", ["gone.pub.asc"], "the key is revoked");

const brief = makeKey("brief", ["Key-Type: eddsa", "Key-Curve: ed25519", "Key-Usage: cert"]);
gpg(["--quick-add-key", fingerprintOf(brief), "ed25519", "sign", "20260215T000000"], undefined, MADE);
exportCert(brief, "brief.pub.asc");
signature("expired-subkey-backdated", detach(brief), "signature.key-expired", ["brief.pub.asc"], "only the signing subkey had expired");

const split = makeKey("split", ["Key-Type: eddsa", "Key-Curve: ed25519", "Key-Usage: cert", "Subkey-Type: eddsa", "Subkey-Curve: ed25519", "Subkey-Usage: sign"]);
const splitSignature = detach(split);
save("split.pub.asc", await revokeSubkey(split));
signature("revoked-subkey", splitSignature, "signature.key-revoked", ["split.pub.asc"], "only the signing subkey is revoked");
signature("critical-notation", detach(alice, ["--sig-notation", "!must-know@vectors.example=1"]), "signature.bad", ["alice.pub.asc"], "a critical notation that we do not know");
save("mute.pub.asc", gpg(["--armor", "--export", mute]));
signature("subkey-of-another", detach(parent), "signature.unknown-key", ["mute.pub.asc"], "a subkey of a certificate that is not registered");

certificate("ed25519", readFileSync(join(folder, "alice.pub.asc"), "latin1"), null, "GnuPG, Ed25519");
certificate("signing-subkey", readFileSync(join(folder, "parent.pub.asc"), "latin1"), null, "the primary certifies, a subkey signs");
certificate("two-in-one-armor", enarmor(Buffer.concat([dearmor(readFileSync(join(folder, "alice.pub.asc"), "latin1")), dearmor(readFileSync(join(folder, "bob.pub.asc"), "latin1"))]), "PUBLIC KEY BLOCK"), "certificate.multiple", "two certificates in one block");
certificate("two-blocks", readFileSync(join(folder, "alice.pub.asc"), "latin1") + readFileSync(join(folder, "bob.pub.asc"), "latin1"), "certificate.multiple", "two blocks");
certificate("private", gpg(["--armor", "--export-secret-keys", mute]).replace(/\n=[^\n]{4}\n[^]*$/, "\n"), "certificate.private-key", "a private key (cut, so that it is useless)");
certificate("wrong-checksum", readFileSync(join(folder, "alice.pub.asc"), "latin1").replace(/\n=[^\n]{4}\n/, "\n=AAAA\n"), "certificate.bad-armor", "the armor's CRC does not match");
certificate("text-around", `hello\n${readFileSync(join(folder, "alice.pub.asc"), "latin1")}`, "certificate.bad-armor", "text in front of the block");
certificate("rsa2048", readFileSync(join(folder, "rsa2048.pub.asc"), "latin1"), "certificate.weak-rsa", "RSA 2048");
certificate("dsa", readFileSync(join(folder, "dsa.pub.asc"), "latin1"), "certificate.weak-algorithm", "DSA");
certificate("secp256k1", readFileSync(join(folder, "koblitz.pub.asc"), "latin1"), "certificate.weak-algorithm", "secp256k1");
certificate("elgamal", gpg(["--armor", "--export", elgamal]), "certificate.weak-algorithm", "an ElGamal subkey");
certificate("sha1-self-signature", readFileSync(join(folder, "sha1.pub.asc"), "latin1"), "certificate.weak-hash", "SHA-1 self-signature");
certificate("expired", readFileSync(join(folder, "short.pub.asc"), "latin1"), "certificate.expired", "expired before it was sent");
certificate("revoked", revocation, "certificate.revoked", "carries its revocation");
certificate("from-future", readFileSync(join(folder, "alice.pub.asc"), "latin1"), "certificate.from-future", "made after it was received", "2025-12-01T00:00:00.000Z");
certificate("no-signing-key", gpg(["--armor", "--export", mute]), "certificate.no-signing-key", "it may only certify");
certificate("signature-block", good, "certificate.invalid", "a signature instead of a certificate");
certificate("junk", "my key is very secret\n", "certificate.bad-armor", "plain text");

writeFileSync(join(folder, "cases.json"), `[\n${cases.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n]\n`);
rmSync(home, { recursive: true, force: true });

function lastPacket(bytes: Buffer): Uint8Array {
  // The export of a key without subkeys ends in the self-certification, an old-format packet with a one-byte length.
  for (let index = bytes.length - 2; index > 0; index -= 1) if (bytes[index] === 0x88 && index + 2 + (bytes[index + 1] ?? 0) === bytes.length) return bytes.subarray(index);
  throw new Error("no certification found");
}

function fingerprintOf(user: string): string {
  return /^fpr:+([0-9A-F]{40}):/m.exec(gpg(["--with-colons", "--list-keys", user]))?.[1] ?? "";
}

async function revokeSubkey(user: string): Promise<string> {
  const key = await openpgp.readPrivateKey({ armoredKey: gpg(["--armor", "--export-secret-keys", user]) });
  const [subkey] = key.subkeys;
  if (subkey === undefined || !(key.keyPacket instanceof openpgp.SecretKeyPacket)) throw new Error("the key has no subkey");
  key.subkeys[0] = await subkey.revoke(key.keyPacket, { flag: openpgp.enums.reasonForRevocation.keyCompromised, string: "" }, new Date("2026-02-15T00:00:00Z"));
  return key.toPublic().armor();
}

async function revokeKeyOf(user: string): Promise<string> {
  const armoredKey = gpg(["--armor", "--export-secret-keys", user]);
  const privateKey = await openpgp.readPrivateKey({ armoredKey });
  const { publicKey } = await openpgp.revokeKey({ key: privateKey, date: new Date("2026-02-15T00:00:00Z"), format: "armored", reasonForRevocation: { flag: openpgp.enums.reasonForRevocation.keyCompromised, string: "" } });
  return publicKey;
}
