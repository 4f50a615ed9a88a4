/** SHA-256 of the bytes as 64 lower-case hexadecimal digits, by the platform's WebCrypto. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // WebCrypto's type excludes SharedArrayBuffer views, which its implementations read all the same.
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
