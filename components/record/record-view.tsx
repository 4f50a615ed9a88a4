import Link from "next/link";
import type { RecordEntryView, RecordPageView } from "#lib/transparency/schema.ts";
import { Alert } from "#components/ui/alert.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ExactTime, RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { entryWords } from "./entry-words.ts";

interface RecordViewProps {
  record: RecordPageView;
  origin: string;
  /** Only entries of this listing are shown. */
  listing: string | null;
  /** The page is not the newest one. */
  paged: boolean;
}

/** The public log: its newest entries, its checkpoint, and how to check both. */
export function RecordView({ record, origin, listing, paged }: RecordViewProps) {
  const filter = listing === null ? "" : `&listing=${encodeURIComponent(listing)}`;
  return (
    <div className="page flex flex-col gap-6 pt-8">
      <PageHeader
        title="The record"
        lead="Everything public that happens here is one entry in a log that can only grow. Whoever keeps a checkpoint can prove later that nothing before it was changed or left out."
      />
      {record.fault === null ? null : (
        <Alert kind="error" title="The log has stopped">
          {record.fault} New events are kept and wait; nothing more is signed until the operator has looked.
        </Alert>
      )}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-labelledby="entries-title" className="flex min-w-0 flex-col gap-3">
          <h2 id="entries-title" className="text-16 font-semibold">
            {listing === null ? (paged ? "Earlier entries" : "Newest entries") : `Entries about ${listing}`}
          </h2>
          {record.entries.length === 0 ? (
            <EmptyState title={listing === null ? "No entry is numbered yet." : `The record says nothing about ${listing}.`}>
              An entry appears here about a second after the event that it tells of.
            </EmptyState>
          ) : (
            <Entries entries={record.entries} />
          )}
          <div className="flex flex-wrap gap-2">
            {paged || listing !== null ? <LinkButton href="/log">Newest entries</LinkButton> : null}
            {record.nextCursor === null ? null : <LinkButton href={`/log?before=${record.nextCursor}${filter}`}>Earlier entries</LinkButton>}
          </div>
        </section>
        <aside aria-label="Checkpoint and verification" className="flex min-w-0 flex-col gap-6">
          <CheckpointPanel record={record} />
          <VerifyPanel record={record} origin={origin} />
        </aside>
      </div>
    </div>
  );
}

function Entries({ entries }: { entries: RecordEntryView[] }) {
  return (
    <Table
      caption="Entries of the record"
      head={
        <>
          <Th>Number</Th>
          <Th className="w-full">What happened</Th>
          <Th>When</Th>
          <Th>Leaf hash</Th>
        </>
      }
    >
      {entries.map((entry) => (
        <tr key={entry.hash}>
          <Td label="Number" className="align-top font-mono text-13 tabular-nums">
            {entry.seq}
          </Td>
          <Td className="align-top wrap-anywhere">
            {entry.listing === null ? null : <Subject entry={entry} listing={entry.listing} />}
            <span className="block">{entryWords(entry.leaf)}</span>
          </Td>
          <Td label="When" className="align-top text-13 whitespace-nowrap text-grey-11">
            <RelativeTime at={entry.at} />
          </Td>
          <Td label="Leaf hash" className="align-top">
            <CopyText value={entry.hash} label={`hash of entry ${entry.seq}`} head={6} tail={4} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}

/** A listing that exists is linked; a submission that was refused never became one. */
function Subject({ entry, listing }: { entry: RecordEntryView; listing: string }) {
  const exists = entry.type.startsWith("version-") || entry.type === "listing-created";
  return exists ? (
    <Link href={`/listings/${listing}`} className="link font-medium">
      {listing}
    </Link>
  ) : (
    <span className="font-medium">{listing}</span>
  );
}

function CheckpointPanel({ record }: { record: RecordPageView }) {
  const { checkpoint } = record;
  if (checkpoint === null) {
    return (
      <Panel title="Checkpoint">
        <p className="text-grey-11">None is signed yet. The worker signs the first within a minute of its start.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Checkpoint">
      <Facts
        facts={[
          { label: "Entries", value: checkpoint.size },
          { label: "Root", value: <CopyText value={checkpoint.root} label="root" head={12} tail={8} /> },
          { label: "Signed", value: <ExactTime at={checkpoint.signedAt} /> },
          { label: "Confirmed", value: <RelativeTime at={checkpoint.confirmedAt} /> },
          ...(record.waiting === 0 ? [] : [{ label: "Waiting for a number", value: record.waiting }]),
          ...(record.verifierKey === null ? [] : [{ label: "Key", value: <CopyText value={record.verifierKey} label="verifier key" head={18} tail={8} /> }]),
        ]}
      />
    </Panel>
  );
}

function VerifyPanel({ record, origin }: { record: RecordPageView; origin: string }) {
  const newest = record.entries[0]?.seq ?? 0;
  const commands = [`curl -sS '${origin}/log/checkpoint'`, `curl -sS '${origin}/api/v1/log/proofs/inclusion?seq=${newest}'`, `curl -sS '${origin}/log/key'`].join("\n");
  return (
    <Panel title="Check it yourself">
      <div className="flex flex-col gap-3">
        <p className="text-grey-11">
          The checkpoint is a signed note and the tiles are those of C2SP tlog-tiles: any client of that form can follow this log. The operator checks the whole of it with the last command.
        </p>
        <CodeBlock code={commands} label="commands that fetch checkpoint, proof and key" wrap />
        <CodeBlock code="npm run admin -- verify-record" label="the operator's command" wrap />
      </div>
    </Panel>
  );
}
