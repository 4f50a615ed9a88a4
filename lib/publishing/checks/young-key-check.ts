import { activePolicy } from "#lib/accounts/index.ts";
import { finding, type RegistryCheck } from "./check.ts";

const DAY_MS = 86_400_000;

/** A key that was registered days ago goes to a person, where the policy says how many: a thief's first step is a key of their own. */
export const youngKeyCheck: RegistryCheck = {
  id: "young-key",
  title: "Age of the key",
  severity: "H",
  kinds: ["service", "plugin"],
  async run({ db }, submission) {
    const days = (await activePolicy(db)).young_key_days ?? 0;
    if (days === 0) return { lookedAt: "Nothing: the policy in force asks for no age of keys.", findings: [] };
    if (submission.signerFingerprint === null) return { lookedAt: "Nothing: the upload is not signed by its publisher.", findings: [] };
    const key = await db.signingKey.findFirst({ where: { publisherId: submission.publisherId, fingerprint: submission.signerFingerprint }, select: { addedAt: true } });
    const lookedAt = `When the signing key was registered, against ${days} days before the upload.`;
    return { lookedAt, findings: key !== null && isYoung(key.addedAt, submission.submittedAt, days) ? [finding("young-key", { code: "key.young", severity: "H", detail: `The key was registered on ${key.addedAt.toISOString().slice(0, 10)}, less than ${days} days before this upload.`, suggestion: "A person asks whether the publisher itself registered it." })] : [] };
  },
};

/** Whether a key had been registered for fewer than so many days when an upload came. */
export function isYoung(addedAt: Date, submittedAt: Date, days: number): boolean {
  return submittedAt.getTime() - addedAt.getTime() < days * DAY_MS;
}
