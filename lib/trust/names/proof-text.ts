import type { ProofInstructionsView } from "../schema.ts";

export interface ProofText {
  publisher: string;
  domain: string;
  token: string;
}

/** The name that the TXT record stands under. */
export const recordName = (domain: string): string => `_kos-publisher.${domain}`;
/** What the TXT record says, exactly. */
export const recordValue = ({ publisher, token }: ProofText): string => `kos-publisher=${publisher} token=${token}`;
export const filePath = "/.well-known/kos-publisher.json";

/** What a publisher puts where, and how anyone looks at it. */
export function proofInstructions(proof: ProofText & { method: "dns" | "well-known" }): ProofInstructionsView {
  if (proof.method === "dns") return { where: recordName(proof.domain), kind: "TXT", value: recordValue(proof), command: `dig +short TXT ${recordName(proof.domain)}` };
  const url = `https://${proof.domain}${filePath}`;
  return { where: url, kind: "file", value: JSON.stringify({ publisher: proof.publisher, token: proof.token }), command: `curl -sS ${url}` };
}
