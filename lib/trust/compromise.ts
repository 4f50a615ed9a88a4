interface Revocation {
  revocationReason: string | null;
  compromisedSince: Date | null;
}

/** Since when a revoked key may have been in other hands; without a date, since ever. Null for a key that was not reported so. */
export function compromisedFrom({ revocationReason, compromisedSince }: Revocation): Date | null {
  return compromisedSince ?? (revocationReason === "compromised" ? new Date(0) : null);
}

/** Whether a signature that the registry received at this moment may be somebody else's. */
export function isCompromisedAt(key: Revocation, receivedAt: Date): boolean {
  const since = compromisedFrom(key);
  return since !== null && since <= receivedAt;
}
