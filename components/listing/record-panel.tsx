import type { ListingDetailView, VersionDetailView } from "#lib/catalog/schema.ts";
import { Fingerprint } from "#components/trust/fingerprint.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";

/** What is on record about a version today: its bytes, its signature, its review. */
export function RecordPanel({ version, publisher }: { version: VersionDetailView; publisher: ListingDetailView["publisher"] }) {
  const record = version.ladder.find((rung) => rung.rung === "record");
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-prose text-grey-11">
        {record?.statement ?? ""} It fixes the digest, the signature and the decision below, as they were when version {version.version} was published.
      </p>
      <Panel title="Release">
        <div className="flex flex-col gap-5 sm:flex-row">
          <Fingerprint digest={version.checksum} className="size-24" />
          <Facts
            wide
            facts={[
              { label: "Published", value: <ExactDate at={version.publishedAt} /> },
              { label: "sha256", value: <CopyText value={version.checksum.replace(/^sha256:/, "")} label="sha256" head={16} tail={16} /> },
              { label: "File", value: <code className="text-13 break-all">{version.fileName}</code> },
              { label: "Signed by", value: version.signer === "publisher" ? publisher.name : "the registry; its publisher gave no signature" },
              { label: "Key", value: <CopyText value={version.fingerprint} label="key fingerprint" head={16} tail={16} /> },
            ]}
          />
        </div>
      </Panel>
      <ReviewPanel review={version.review} />
      <Disclosure title="Detached signature">
        <CodeBlock code={version.signature} label="detached signature" title={`${version.fileName}.asc`} />
      </Disclosure>
    </div>
  );
}

function ReviewPanel({ review }: { review: VersionDetailView["review"] }) {
  if (review === null) return null;
  return (
    <Panel title="Decision">
      <Facts
        wide
        facts={[
          { label: "Decided by", value: review.decider },
          { label: "On", value: <ExactDate at={review.decidedAt} /> },
          { label: "Policy", value: <code className="text-13">{`${review.policy} ${review.policyRevision}`}</code> },
          ...(review.note ? [{ label: "On record as", value: review.note }] : []),
        ]}
      />
    </Panel>
  );
}
