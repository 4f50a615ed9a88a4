import { withArtifactFile } from "#lib/artifacts/index.ts";
import { verifyPublisherSignature } from "#lib/trust/index.ts";
import { finding, type RegistryCheck } from "./check.ts";

/** The detached signature over the stored bytes, judged by the keys at the time of receipt. */
export const signatureCheck: RegistryCheck = {
  id: "signature",
  title: "Signature",
  severity: "B",
  kinds: ["service", "plugin"],
  async run(deps, submission) {
    const { signature } = submission;
    if (signature === null) {
      const absent = finding("signature", { code: "signature.absent", severity: "W", detail: "The upload is not signed by its publisher.", suggestion: "Sign it with `kos sign` or `gpg --detach-sign --armor`, so that hosts can tell that it came from you." });
      return { lookedAt: "No publisher's signature came with the upload; the registry signs it instead.", findings: [absent] };
    }
    const verdict = await withArtifactFile(deps.store, submission.artifactSha256, async (path) => await verifyPublisherSignature(deps.db, { publisherId: submission.publisherId, path, sha256: submission.artifactSha256, signature, receivedAt: submission.submittedAt }));
    return { lookedAt: "The detached signature over the stored bytes, with the publisher's keys at the time of receipt.", findings: verdict.ok ? [] : verdict.problems };
  },
};
