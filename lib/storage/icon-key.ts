/** The immutable place of a listing's sanitised icon: `icons/<hash>`, the hash being SHA-256 in lower-case hex. */
export function iconKey(sha256: string): string {
  return `icons/${sha256}`;
}
