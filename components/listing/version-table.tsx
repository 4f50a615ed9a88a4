import { Download, History, Trash2, Undo2 } from "lucide-react";
import type { VersionSummaryView } from "#lib/catalog/schema.ts";
import { formatBytes } from "#components/listing/format-bytes.ts";
import { Fingerprint } from "#components/trust/fingerprint.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";

const COUNT = new Intl.NumberFormat("en");

/** Every published version, newest first, with what proves it and whether it still stands. */
export function VersionTable({ versions }: { versions: readonly VersionSummaryView[] }) {
  return (
    <Table
      caption="Published versions"
      head={
        <>
          <Th>Version</Th>
          <Th>Published</Th>
          <Th>sha256</Th>
          <Th>Signed by</Th>
          <Th className="text-right">Size</Th>
          <Th className="text-right">Downloads</Th>
          <Th>
            <span className="sr-only">File</span>
          </Th>
        </>
      }
    >
      {versions.map((version) => (
        <VersionRow key={version.version} version={version} />
      ))}
    </Table>
  );
}

function VersionRow({ version }: { version: VersionSummaryView }) {
  return (
    <tr>
      <Td>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <code className="font-medium">{version.version}</code>
          {version.channel === "stable" ? null : <Badge>{version.channel}</Badge>}
          {version.deleted ? (
            <Badge tone="red" icon={<Trash2 aria-hidden />} title={version.deleted.reason}>
              deleted
            </Badge>
          ) : version.yanked ? (
            <Badge tone="red" icon={<Undo2 aria-hidden />} title={version.yanked.reason}>
              yanked
            </Badge>
          ) : null}
          {version.deprecated ? (
            <Badge tone="amber" icon={<History aria-hidden />} title={version.deprecated.reason}>
              deprecated
            </Badge>
          ) : null}
        </span>
        {version.yanked ? <p className="mt-0.5 max-w-72 text-13 text-grey-11">{version.yanked.reason}</p> : null}
      </Td>
      <Td label="Published" className="text-13 whitespace-nowrap text-grey-11">
        <RelativeTime at={version.publishedAt} />
      </Td>
      <Td label="sha256">
        <span className="flex items-center gap-2 whitespace-nowrap">
          <Fingerprint digest={version.checksum} className="size-6" />
          <CopyText value={version.checksum.replace(/^sha256:/, "")} label={`sha256 of ${version.version}`} head={6} tail={6} />
        </span>
      </Td>
      <Td label="Signed by" className="text-13 whitespace-nowrap">{version.signer}</Td>
      <Td label="Size" className="text-right text-13 whitespace-nowrap tabular-nums text-grey-11">{formatBytes(version.size)}</Td>
      <Td label="Downloads" className="text-right text-13 tabular-nums text-grey-11">{COUNT.format(version.downloads)}</Td>
      <Td label="File" className="text-right">
        {version.deleted ? null : (
          <a href={version.url} aria-label={`Download ${version.fileName}`} title={`Download ${version.fileName}`} className="inline-flex size-8 items-center justify-center rounded-md text-grey-11 hover:bg-grey-4 hover:text-grey-12">
            <Download aria-hidden className="size-4" />
          </a>
        )}
      </Td>
    </tr>
  );
}
