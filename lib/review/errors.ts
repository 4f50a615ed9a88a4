import { RegistryError } from "#lib/http/index.ts";

export const mayNotDecide = (policy: string, roles: readonly string[]) => new RegistryError("forbidden", `Under the policy \`${policy}\` a decision takes the role ${roles.map((role) => `\`${role}\``).join(" or ") || "of nobody: the policy decides alone"}.`);
export const ownSubmission = (policy: string) => new RegistryError("forbidden", `Under the policy \`${policy}\` nobody decides on a submission of their own.`);
export const claimedByOther = (name: string, until: Date) => new RegistryError("already-claimed", `${name} holds the claim until ${until.toISOString()}.`, { members: { claimedBy: name, claimedUntil: until.toISOString() } });
export const handedOver = (listing: string) => new RegistryError("move-not-allowed", `\`${listing}\` was handed over to another publisher; this submission is its former publisher's.`);
export const claimsSpent = (renewals: number) => new RegistryError("already-claimed", `A claim can be renewed ${renewals} times; let another reviewer have it.`);
export const keyCompromised = (fingerprint: string) =>
  new RegistryError("signature-invalid", `The key \`${fingerprint}\` that signed this submission was revoked as compromised. Reject it, or ask for one that is signed anew.`);
