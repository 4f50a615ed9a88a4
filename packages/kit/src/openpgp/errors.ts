/** A private key that cannot be used for signing; `code` tells callers which message to show. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
  readonly code: "signing-key.unreadable" | "signing-key.locked";

  constructor(code: SigningKeyError["code"], message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export function unreadableSigningKey(cause: unknown): SigningKeyError {
  return new SigningKeyError("signing-key.unreadable", "the text is not an OpenPGP private key", { cause });
}

export function lockedSigningKey(fingerprint: string): SigningKeyError {
  return new SigningKeyError("signing-key.locked", `the private key \`${fingerprint}\` is locked by a passphrase`);
}
