/** OpenPGP's algorithm names (RFC 9580, section 9.1, as the library spells them) in the words people know. */
const WORDS: Readonly<Record<string, string>> = {
  eddsaLegacy: "Ed25519",
  ed25519: "Ed25519",
  ed448: "Ed448",
  ecdsa: "ECDSA",
  rsaEncryptSign: "RSA",
  rsaSign: "RSA",
  dsa: "DSA",
};

/** The common name of a key's algorithm; an unknown one is shown as it is. */
export function algorithmWords(algorithm: string): string {
  return WORDS[algorithm] ?? algorithm;
}
