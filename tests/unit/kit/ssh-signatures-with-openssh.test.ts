import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkSshKey, verifyDetached } from "@kosmarket/kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const KINDS = { ed25519: ["-t", "ed25519"], p256: ["-t", "ecdsa", "-b", "256"], p384: ["-t", "ecdsa", "-b", "384"], p521: ["-t", "ecdsa", "-b", "521"], rsa: ["-t", "rsa", "-b", "3072"] } as const;
type Kind = keyof typeof KINDS;

let folder = "";
const path = (name: string) => join(folder, name);
const keygen = (...args: string[]) => execFileSync("ssh-keygen", args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" });
const publicKey = (name: string) => readFileSync(path(`${name}.pub`), "utf8");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kos-ssh-"));
  for (const [name, args] of Object.entries(KINDS)) keygen("-q", ...args, "-N", "", "-C", "ada@laptop", "-f", path(name));
  writeFileSync(path("data"), Buffer.from([0, 13, 10, 255, 10]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sign(key: Kind, options: { namespace?: string; hash?: "sha256" | "sha512" } = {}): string {
  rmSync(path("data.sig"), { force: true });
  keygen("-q", "-Y", "sign", "-O", `hashalg=${options.hash ?? "sha512"}`, "-n", options.namespace ?? "kos-artifact", "-f", path(key), path("data"));
  return readFileSync(path("data.sig"), "utf8");
}

const verify = (signature: string, key: string) => verifyDetached({ data: readFileSync(path("data")), signature, certificates: [key], receivedAt: new Date() });

describe("OpenSSH and this package understand each other", () => {
  test.each(["ed25519", "p256"] as const)("%s with both hashes", async (kind) => {
    const fingerprint = keygen("-l", "-f", path(`${kind}.pub`)).split(" ")[1];
    expect(await checkSshKey(publicKey(kind))).toMatchObject({ ok: true, key: { fingerprint } });
    for (const hash of ["sha256", "sha512"] as const) expect(await verify(sign(kind, { hash }), publicKey(kind))).toMatchObject({ ok: true, format: "ssh", fingerprint, hash });
  });

  // ECDSA's numbers are written in their shortest form, so their lengths differ from one signature to the next.
  test("many signatures of one key", async () => {
    for (let round = 0; round < 40; round++) expect(await verify(sign("p256"), publicKey("p256"))).toMatchObject({ ok: true });
  });

  test.each([
    ["p384", "ssh-key.algorithm"],
    ["p521", "ssh-key.algorithm"],
    ["rsa", "ssh-key.rsa"],
  ] as const)("%s: neither key nor signature is accepted", async (kind, code) => {
    expect(await checkSshKey(publicKey(kind))).toMatchObject({ ok: false, problems: [{ code }] });
    expect(await verify(sign(kind), publicKey(kind))).toMatchObject({ ok: false, problems: [{ code }] });
  });

  test("a signature for another purpose, such as a commit", async () => {
    expect(await verify(sign("ed25519", { namespace: "git" }), publicKey("ed25519"))).toMatchObject({ ok: false, problems: [{ code: "signature.wrong-namespace" }] });
  });

  test("a certificate, its private key, options before a key, a security key", async () => {
    keygen("-q", "-s", path("p256"), "-I", "ada", "-n", "ada", path("ed25519.pub"));
    const certificate = readFileSync(path("ed25519-cert.pub"), "utf8");
    const securityKey = publicKey("ed25519").replace("ssh-ed25519 AAAA", "sk-ssh-ed25519@openssh.com AAAA");
    const codes = await Promise.all([certificate, readFileSync(path("ed25519"), "utf8"), `restrict ${publicKey("ed25519")}`, securityKey, publicKey("ed25519").replace("ssh-ed25519", "ecdsa-sha2-nistp256"), publicKey("ed25519") + publicKey("p256")].map(async (line) => {
      const checked = await checkSshKey(line);
      return checked.ok ? "accepted" : checked.problems[0]?.code;
    }));
    expect(codes).toEqual(["ssh-key.certificate", "ssh-key.private-key", "ssh-key.malformed", "ssh-key.security-key", "ssh-key.malformed", "ssh-key.malformed"]);
  });
});
