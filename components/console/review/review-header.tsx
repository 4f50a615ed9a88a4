import Link from "next/link";
import { CopyText } from "#components/ui/copy-text.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ReviewBundleView, SubmissionDetailView } from "#lib/submissions/schema.ts";
import { StateBadge } from "#components/console/submission/state-badge.tsx";

/** What is under review: name, bytes, who sent and who signed them. */
export function ReviewHeader({ bundle, reading }: { bundle: ReviewBundleView; reading: SubmissionDetailView }) {
  const { publisher, signer, artifact } = reading;
  return (
    <header className="flex flex-col gap-2 border-b p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-20 font-semibold">
          {reading.name} <span className="font-mono text-16 font-normal text-grey-11">{reading.version}</span>
        </h1>
        <StateBadge state={reading.state} />
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-grey-11">
        <code className="text-grey-12">{reading.listing}</code>
        <span>{bundle.previousVersion === null ? "first version" : <>after <code>{bundle.previousVersion}</code></>}</span>
        <span>by <Link href={`/publishers/${publisher.slug}`} className="link">{publisher.name}</Link></span>
        <span>sent <RelativeTime at={reading.submittedAt} /> by {reading.submittedBy}</span>
      </p>
      <p className="flex flex-wrap items-center gap-x-3 text-13 text-grey-11">
        <CopyText label="checksum" value={`sha256:${artifact.sha256}`} head={15} tail={6} />
        <span className="flex flex-wrap items-center gap-x-1">
          {signer.by === "publisher" ? `signed by ${publisher.name}` : "not signed by the publisher"}
          {signer.fingerprint === "" ? null : <> with <CopyText label="fingerprint" value={signer.fingerprint} head={8} tail={8} /></>}
        </span>
      </p>
    </header>
  );
}
