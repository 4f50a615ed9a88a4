import { checkSshKey, isReadByGnupg, isSshSignature, verifyDetached } from "@kosmarket/kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf } from "./read-vectors.ts";

/** Made by OpenSSH 9.2 (`ssh-keygen -Y sign -n kos-artifact`); the private halves are gone. */
const data = bytesOf("one: file\r\n");
const MADE = [
  {
    name: "Ed25519, SHA-512",
    key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKRhH8nP5vkPhVRU5Y9CtRUB3gFL9JU9ubjd9Q15SNRC ada@laptop",
    fingerprint: "SHA256:ry8rbu+8hjQEa4WtQPmF2JHz/HfWyq/b6VlGdwk5IvI",
    algorithm: "ssh-ed25519",
    hash: "sha512",
    signature: `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgpGEfyc/m+Q+FVFTlj0K1FQHeAU
v0lT25uN31DXlI1EIAAAAMa29zLWFydGlmYWN0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3Nz
aC1lZDI1NTE5AAAAQF41LCItAfJkqd676I4M8hoJoRI8Wifk3SjNwvCYGjWBeZ0VpdgC/I
rS+CxxFWv59z1nVuEj6PjGWQ0O0dcf+AQ=
-----END SSH SIGNATURE-----
`,
  },
  {
    name: "ECDSA on P-256, SHA-256",
    key: "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBExmZ7ij8ELBvtHMPTTX9sGs/GipyIIz6AkXqNPmS+RpLAN5ESaqTquQw1Mc5HdOtPfZO6+t7/k0JymBpAMOfgI=",
    fingerprint: "SHA256:AKjDHxLjpd1wat++FIuzewPUXnXxnfizSJyqd/VmUwU",
    algorithm: "ecdsa-sha2-nistp256",
    hash: "sha256",
    signature: `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE
EETGZnuKPwQsG+0cw9NNf2waz8aKnIgjPoCReo0+ZL5GksA3kRJqpOq5DDUxzkd06099k7
r63v+TQnKYGkAw5+AgAAAAxrb3MtYXJ0aWZhY3QAAAAAAAAABnNoYTI1NgAAAGQAAAATZW
Nkc2Etc2hhMi1uaXN0cDI1NgAAAEkAAAAhAMOaPELDmgYyRGAGWjIArLYWssAXJInSENf9
/VNfURIeAAAAIBsrb5Gv+vSxH05IkGSf3SK4TWrRFJSw762yRVkHwLcx
-----END SSH SIGNATURE-----
`,
  },
] as const;

const verify = (signature: string | Uint8Array, keys: readonly string[], content: Uint8Array = data) => verifyDetached({ data: content, signature, certificates: keys, receivedAt: new Date() });
const codeOf = async (verdict: ReturnType<typeof verify>) => {
  const { ok, ...rest } = await verdict;
  return ok ? null : (rest as { problems: { code: string }[] }).problems.map((problem) => problem.code).join();
};

describe.each(MADE)("$name", ({ key, fingerprint, algorithm, hash, signature }) => {
  test("is accepted, over these bytes alone and from this key alone", async () => {
    expect(await checkSshKey(key)).toMatchObject({ ok: true, key: { fingerprint, algorithm, line: key.split(" ").slice(0, 2).join(" ") } });
    expect(await verify(signature, MADE.map((made) => made.key))).toMatchObject({ ok: true, format: "ssh", fingerprint, signingFingerprint: fingerprint, signedAt: null, hash });
    expect(await codeOf(verify(signature, [key], bytesOf("one: file\n")))).toBe("signature.bad");
    expect(await codeOf(verify(signature, MADE.filter((made) => made.key !== key).map((made) => made.key)))).toBe("signature.unknown-key");
    expect(await codeOf(verify(signature, []))).toBe("signature.unknown-key");
  });

  test("as bytes and with CRLF line ends, too", async () => {
    expect(await verify(bytesOf(signature), [key])).toMatchObject({ ok: true });
    expect(await verify(signature.replaceAll("\n", "\r\n"), [key])).toMatchObject({ ok: true });
    expect([isSshSignature(signature), isReadByGnupg(signature)]).toEqual([true, false]);
  });

  test("no altered byte of the signature leaves it good", async () => {
    const [begin = "", ...rest] = signature.trim().split("\n");
    const bytes = Uint8Array.from(atob(rest.slice(0, -1).join("")), (letter) => letter.charCodeAt(0));
    const armor = (changed: Uint8Array) => `${begin}\n${btoa(String.fromCharCode(...changed)).replace(/.{70}/g, "$&\n")}\n${rest.at(-1) ?? ""}\n`.replace("\n\n", "\n");
    expect(await verify(armor(bytes), [key])).toMatchObject({ ok: true });
    for (const [place] of bytes.entries()) {
      const changed = Uint8Array.from(bytes, (byte, index) => (index === place ? byte ^ 1 : byte));
      expect(await codeOf(verify(armor(changed), [key])), `byte ${place}`).not.toBeNull();
    }
    for (const [length] of bytes.entries()) expect(await codeOf(verify(armor(bytes.slice(0, length)), [key]))).toMatch(/^signature\.(malformed|bad-armor)$/);
    expect(await codeOf(verify(armor(Uint8Array.from([...bytes, 0])), [key]))).toBe("signature.malformed");
  });

  test.each([
    ["text before", "signature.bad-armor", (text: string) => `hello\n${text}`],
    ["text after", "signature.bad-armor", (text: string) => `${text}hello\n`],
    ["a second block", "signature.multiple", (text: string) => text + text],
    ["no end", "signature.bad-armor", (text: string) => text.replace(/-----END.*\n/, "")],
    ["a header line", "signature.bad-armor", (text: string) => text.replace("\n", "\nComment: x\n")],
    ["a blank line inside", "signature.bad-armor", (text: string) => text.replace("\n", "\n\n")],
    ["blanks at a line's end", "signature.bad-armor", (text: string) => text.replace("\n", " \n")],
    ["a private key", "signature.private-key", () => `-----BEGIN SSH SIGNATURE-----\n-----BEGIN OPENSSH PRIVATE KEY-----\n`],
  ])("%s is refused", async (_what, code, change) => {
    expect(await codeOf(verify(change(signature), [key]))).toBe(code);
  });
});

test("what ends in bits that say nothing is not whole base64", async () => {
  const [{ signature, key }] = MADE;
  const loose = signature.replace(/([A-Za-z0-9+/])(=+)\n-----END/, (_all, last: string, padding: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}${padding}\n-----END`);
  expect(loose === signature).toBe(false);
  expect(await codeOf(verify(loose, [key]))).toBe("signature.bad-armor");
});

test("arbitrary keys and armor bodies never throw", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (line) => {
      expect((await checkSshKey(line)).ok).toBe(false);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const body = btoa(String.fromCharCode(0x53, 0x53, 0x48, 0x53, 0x49, 0x47, 0, 0, 0, 1, ...bytes));
      expect(await codeOf(verify(`-----BEGIN SSH SIGNATURE-----\n${body.replace(/.{70}(?=.)/g, "$&\n")}\n-----END SSH SIGNATURE-----\n`, [MADE[0].key]))).not.toBeNull();
    }),
  );
});
