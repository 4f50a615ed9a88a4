import Link from "next/link";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { describeBytes } from "#components/console/describe-amount.ts";

/** The bytes, who sent and who signed them. */
export function SubmissionFacts({ submission }: { submission: SubmissionDetailView }) {
  const { artifact, signer, publisher } = submission;
  return (
    <Facts
      facts={[
        { label: "File", value: <span className="break-all">{artifact.fileName}, {describeBytes(artifact.size)}</span> },
        { label: "Checksum", value: <CopyText label="checksum" value={`sha256:${artifact.sha256}`} head={15} tail={6} /> },
        {
          label: "Signed by",
          value: (
            <>
              {signer.by === "publisher" ? publisher.name : "the registry, since no signature was given"}
              {signer.fingerprint === "" ? null : <span className="block"><CopyText label="fingerprint" value={signer.fingerprint} head={8} tail={8} /></span>}
            </>
          ),
        },
        { label: "Publisher", value: <Link href={`/publishers/${publisher.slug}`} className="link">{publisher.name}</Link> },
        { label: "Submitted", value: <><RelativeTime at={submission.submittedAt} /> by {submission.submittedBy}</> },
      ]}
    />
  );
}
