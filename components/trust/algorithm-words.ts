/** OpenPGP's algorithm names (RFC 9580, section 9.1, as the library spells them) in the words people know. */
const WORDS: Readonly<Record<string, string>> = {
  eddsaLegacy: "Ed25519",
  ed25519Legacy: "Ed25519",
  ed25519: "Ed25519",
  ed448: "Ed448",
  ecdsa: "ECDSA",
  "ssh-ed25519": "Ed25519",
  "ecdsa-sha2-nistp256": "ECDSA",
  rsaEncryptSign: "RSA",
  rsaSign: "RSA",
  dsa: "DSA",
};

/** Curves that leave a choice; the Edwards ones are named by their algorithm. */
const CURVES: Readonly<Record<string, string>> = { nistP256: "P-256", nistP384: "P-384", nistP521: "P-521" };
const EDWARDS: ReadonlySet<string> = new Set(["ed25519Legacy", "ed25519", "ed448"]);

/** The common name of a key's algorithm, with its curve where that says more; an unknown one is shown as it is. */
export function algorithmWords(algorithm: string, curve: string | null = null): string {
  const name = WORDS[algorithm] ?? algorithm;
  return curve === null || curve === "" || EDWARDS.has(curve) ? name : `${name}, ${CURVES[curve] ?? curve}`;
}
