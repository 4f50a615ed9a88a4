import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCertificate, generateSigningKey, signDetached, verifyDetached } from "@kosmarket/kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOf } from "./read-vectors.ts";

function hasGnupg(): boolean {
  try {
    execFileSync("gpg", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasGnupg())("GnuPG and this package understand each other", () => {
  const data = bytesOf("services:\r\n  - id: both\n");
  let home = "";

  function gpg(...args: string[]): Buffer {
    return execFileSync("gpg", ["--homedir", home, "--batch", "--yes", "--no-tty", "--status-fd", "1", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  }

  beforeAll(() => {
    // Short: the agent's socket lives in it, and socket paths are limited to 108 bytes.
    home = mkdtempSync(join(tmpdir(), "kg-"));
    writeFileSync(join(home, "data"), data);
  });

  afterAll(() => {
    execFileSync("gpgconf", ["--homedir", home, "--kill", "all"], { stdio: "ignore" });
    rmSync(home, { recursive: true, force: true });
  });

  test("gpg --verify says good to a signature that was made here", async () => {
    const key = await generateSigningKey({ name: "Ada", email: "ada@example.com" });
    const checked = await checkCertificate(key.publicKey, new Date());
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    writeFileSync(join(home, "ada.asc"), checked.certificate.armored);
    writeFileSync(join(home, "data.asc"), await signDetached(data, key.privateKey));
    gpg("--import", join(home, "ada.asc"));
    const status = gpg("--verify", join(home, "data.asc"), join(home, "data")).toString();
    expect(status).toContain("GOODSIG");
    expect(status).toContain(`VALIDSIG ${key.fingerprint.toUpperCase()}`);
  });

  test("a private key that was made here signs in GnuPG, armored and binary", async () => {
    const key = await generateSigningKey({ name: "Grace", email: "grace@example.com" });
    writeFileSync(join(home, "grace.asc"), key.privateKey);
    gpg("--import", join(home, "grace.asc"));
    gpg("--local-user", key.fingerprint, "--output", join(home, "grace.sig"), "--detach-sign", join(home, "data"));
    gpg("--local-user", key.fingerprint, "--armor", "--output", join(home, "grace.sig.asc"), "--detach-sign", join(home, "data"));
    for (const signature of [readFileSync(join(home, "grace.sig")), readFileSync(join(home, "grace.sig.asc"), "latin1")]) {
      const result = await verifyDetached({ data, signature, certificates: [key.publicKey], receivedAt: new Date() });
      expect(result).toMatchObject({ ok: true, fingerprint: key.fingerprint });
    }
  });

  test("a certificate revoked in GnuPG by the certificate made here is refused here", async () => {
    const key = await generateSigningKey({ name: "Mary", email: "mary@example.com" });
    writeFileSync(join(home, "mary.asc"), key.publicKey);
    writeFileSync(join(home, "mary.rev"), key.revocationCertificate);
    const signature = await signDetached(data, key.privateKey);
    gpg("--import", join(home, "mary.asc"));
    gpg("--import", join(home, "mary.rev"));
    const revoked = execFileSync("gpg", ["--homedir", home, "--armor", "--export", key.fingerprint], { encoding: "latin1" });
    expect(await checkCertificate(revoked, new Date())).toMatchObject({ ok: false, problems: [{ code: "certificate.revoked" }] });
    const result = await verifyDetached({ data, signature, certificates: [revoked], receivedAt: new Date() });
    expect(result).toMatchObject({ ok: false, problems: [{ code: "signature.key-revoked" }] });
  });
});
