/** The levels of trust, highest first. A manifest asks for one; the registry decides. */
export const TRUST_LEVELS = [
  { id: "system", label: "System", meaning: "Part of kOS: built and signed by the project, approved by the council.", enforcement: "Full access." },
  { id: "trusted", label: "Trusted", meaning: "Publisher, signature and checksum are verified and the promotion rules are met.", enforcement: "Access to sensitive services." },
  { id: "unverified", label: "Unverified", meaning: "Everything else.", enforcement: "Isolation with limited access." },
] as const;

export type TrustLevel = (typeof TRUST_LEVELS)[number]["id"];

export const TRUST_LEVEL_IDS: readonly TrustLevel[] = TRUST_LEVELS.map((level) => level.id);
