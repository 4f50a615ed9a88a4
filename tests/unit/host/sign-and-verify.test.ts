import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gnupgHome, runKos, runProgram, temporaryFolder } from "./run-kos.ts";

const keygen = (cwd: string, out: string, env: Record<string, string> = {}) => runKos(["keygen", "--name", "Ada", "--email", "ada@example.org", "--out", out, "--json"], { cwd, env });

describe("kos keygen", { timeout: 60_000 }, () => {
  it("keeps the private half and the revocation from other users, and never overwrites", async () => {
    using folder = temporaryFolder();
    const made = await keygen(folder.path, "k");
    expect(made.json()).toMatchObject({ ok: true, locked: false, fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) as string });
    expect(["private.asc", "revocation.asc", "public.asc"].map((name) => statSync(join(folder.path, "k", name)).mode & 0o777)).toEqual([0o600, 0o600, 0o644]);
    const before = readFileSync(join(folder.path, "k", "private.asc"), "utf8");
    const again = await keygen(folder.path, "k");
    expect(again.code).toBe(2);
    expect(again.json()).toMatchObject({ ok: false, error: { code: "file-exists" } });
    expect(readFileSync(join(folder.path, "k", "private.asc"), "utf8")).toBe(before);
  });

  it("asks for a name and an address", async () => {
    using folder = temporaryFolder();
    expect((await runKos(["keygen", "--name", "Ada", "--email", "nowhere"], { cwd: folder.path })).code).toBe(2);
  });
});

describe("kos sign and kos verify", { timeout: 60_000 }, () => {
  it("make a signature that gpg calls good", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), Buffer.from([0, 13, 10, 255, 10]));
    await keygen(cwd, "k");
    expect((await runKos(["sign", "data.zip", "--key", "k/private.asc"], { cwd })).code).toBe(0);
    const gpg = await gnupgHome(cwd, "other@example.org");
    try {
      await runProgram("gpg", ["--batch", "--import", "k/public.asc"], { cwd, env: gpg.env });
      const verified = await runProgram("gpg", ["--batch", "--verify", "data.zip.asc", "data.zip"], { cwd, env: gpg.env });
      expect(verified.code).toBe(0);
      expect(verified.stderr).toContain('Good signature from "Ada <ada@example.org>"');
    } finally {
      await gpg.stop();
    }
  });

  it("sign with the installed gpg, and find the signer among several certificates in one block", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), "bytes");
    await keygen(cwd, "k");
    const gpg = await gnupgHome(cwd, "grace@example.org");
    try {
      const signed = await runKos(["sign", "data.zip", "--gpg", "--user", "grace@example.org", "--json"], { cwd, env: gpg.env });
      expect(signed.json()).toMatchObject({ ok: true, signature: join(cwd, "data.zip.asc") });
      await runProgram("gpg", ["--batch", "--import", "k/public.asc"], { cwd, env: gpg.env });
      const exported = await runProgram("gpg", ["--armor", "--export"], { cwd, env: gpg.env });
      writeFileSync(join(cwd, "keys.asc"), exported.stdout);
      const stranger = await runKos(["sign", "data.zip", "--gpg", "--user", "nobody@example.org", "--force"], { cwd, env: gpg.env });
      expect({ code: stranger.code, told: stranger.stderr.includes("nobody@example.org") }).toEqual({ code: 2, told: true });
    } finally {
      await gpg.stop();
    }
    const verified = await runKos(["verify", "data.zip", "--signature", "data.zip.asc", "--keys", "keys.asc", "--json"], { cwd });
    expect(verified.json()).toMatchObject({ ok: true, hash: "sha512" });
    expect(verified.code).toBe(0);
  });

  it("finds the signer among several blocks, and refuses other bytes and unknown keys by exit code 1", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), "bytes");
    const made = await keygen(cwd, "k");
    await keygen(cwd, "other");
    await runKos(["sign", "data.zip", "--key", "k/private.asc"], { cwd });
    const [own, other] = ["k", "other"].map((name) => readFileSync(join(cwd, name, "public.asc"), "utf8"));
    writeFileSync(join(cwd, "keys.asc"), `${other}\n${own}`);
    const good = await runKos(["verify", "data.zip", "--signature", "data.zip.asc", "--keys", "keys.asc", "--json"], { cwd });
    expect(good.json()).toMatchObject({ ok: true, fingerprint: made.json().fingerprint });
    const stranger = await runKos(["verify", "data.zip", "--signature", "data.zip.asc", "--keys", "other/public.asc", "--json"], { cwd });
    expect(stranger.json()).toMatchObject({ ok: false, problems: [{ code: "signature.unknown-key" }] });
    writeFileSync(join(cwd, "data.zip"), "Bytes");
    const altered = await runKos(["verify", "data.zip", "--signature", "data.zip.asc", "--keys", "keys.asc", "--json"], { cwd });
    expect(altered.json()).toMatchObject({ ok: false, problems: [{ code: "signature.bad" }] });
    expect([good.code, stranger.code, altered.code]).toEqual([0, 1, 1]);
  });

  it("leave an existing signature as it is unless forced", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), "bytes");
    writeFileSync(join(cwd, "data.zip.asc"), "mine");
    await keygen(cwd, "k");
    const refused = await runKos(["sign", "data.zip", "--key", "k/private.asc"], { cwd });
    expect(refused.code).toBe(2);
    expect(readFileSync(join(cwd, "data.zip.asc"), "utf8")).toBe("mine");
    expect((await runKos(["sign", "data.zip", "--key", "k/private.asc", "--force"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "data.zip.asc"), "utf8")).toContain("BEGIN PGP SIGNATURE");
  });

  it("unlock a private key with KOS_KEY_PASSPHRASE only", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), "bytes");
    expect((await keygen(cwd, "k", { KOS_KEY_PASSPHRASE: "correct horse" })).json()).toMatchObject({ locked: true });
    const sign = (env: Record<string, string>) => runKos(["sign", "data.zip", "--key", "k/private.asc", "--force", "--json"], { cwd, env });
    const without = await sign({});
    expect({ code: without.code, json: without.json() }).toMatchObject({ code: 2, json: { error: { code: "key-unusable" } } });
    expect((await sign({ KOS_KEY_PASSPHRASE: "wrong" })).code).toBe(2);
    expect((await sign({ KOS_KEY_PASSPHRASE: "correct horse" })).code).toBe(0);
  });

  it("want exactly one way to sign", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "data.zip"), "bytes");
    const none = await runKos(["sign", "data.zip"], { cwd: folder.path });
    const both = await runKos(["sign", "data.zip", "--gpg", "--key", "k.asc"], { cwd: folder.path });
    expect([none.code, both.code]).toEqual([2, 2]);
    expect(both.stderr).toContain("choose one of --key and --gpg");
  });
});

describe("keys of OpenSSH", { timeout: 120_000 }, () => {
  it("are made, sign, and are verified here and by ssh-keygen", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), Buffer.from([0, 13, 10, 255, 10]));
    const made = await runKos(["keygen", "--format", "ssh", "--name", "ada", "--out", "k", "--json"], { cwd });
    const { fingerprint } = made.json() as { fingerprint: string };
    expect((await runProgram("ssh-keygen", ["-l", "-f", "k/id_kos.pub"], { cwd, env: {} })).stdout).toContain(fingerprint);
    expect(statSync(join(cwd, "k", "id_kos")).mode & 0o777).toBe(0o600);
    expect((await runKos(["keygen", "--format", "ssh", "--out", "k", "--json"], { cwd })).json()).toMatchObject({ ok: false, error: { code: "file-exists" } });
    expect((await runKos(["sign", "data.zip", "--key", "k/id_kos", "--out", "data.sig"], { cwd })).code).toBe(0);
    const verified = await runKos(["verify", "data.zip", "--signature", "data.sig", "--keys", "k/id_kos.pub", "--json"], { cwd });
    expect(verified.json()).toMatchObject({ ok: true, format: "ssh", fingerprint });
    writeFileSync(join(cwd, "signers"), `ada namespaces="kos-artifact" ${readFileSync(join(cwd, "k/id_kos.pub"), "utf8")}`);
    expect(await runProgram("sh", ["-c", "ssh-keygen -Y verify -f signers -I ada -n kos-artifact -s data.sig < data.zip"], { cwd, env: {} })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "data.zip"), "other bytes");
    const refused = await runKos(["verify", "data.zip", "--signature", "data.sig", "--keys", "signers", "--json"], { cwd });
    expect({ code: refused.code, answer: refused.json() }).toMatchObject({ code: 1, answer: { ok: false, problems: [{ code: "signature.bad" }] } });
  });

  it("are locked and unlocked by KOS_KEY_PASSPHRASE", async () => {
    using folder = temporaryFolder();
    const cwd = folder.path;
    writeFileSync(join(cwd, "data.zip"), "bytes");
    const env = { KOS_KEY_PASSPHRASE: "correct horse" };
    expect((await runKos(["keygen", "--format", "ssh", "--json"], { cwd, env })).json()).toMatchObject({ ok: true, locked: true });
    const wrong = await runKos(["sign", "data.zip", "--key", "id_kos", "--json"], { cwd, env: { KOS_KEY_PASSPHRASE: "wrong" } });
    expect(wrong.json()).toMatchObject({ ok: false, error: { code: "ssh-keygen-failed" } });
    expect((await runKos(["sign", "data.zip", "--key", "id_kos", "--json"], { cwd, env })).json()).toMatchObject({ ok: true });
  });
});
