import type { VersionDetailView } from "#lib/catalog/schema.ts";
import { formatBytes } from "#components/listing/format-bytes.ts";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";

const COUNT = new Intl.NumberFormat("en");
const SHOWN = 200;

/** The files of a package with their digests, folded away. A single manifest file has none. */
export function FileTable({ files }: { files: VersionDetailView["files"] }) {
  if (files.length === 0) return null;
  return (
    <Disclosure title="Files" aside={COUNT.format(files.length)} flush>
      <Table
        caption="Files of the package"
        className="rounded-b-md border-0"
        head={
          <>
            <Th className="w-full pl-4">Path</Th>
            <Th className="text-right">Size</Th>
            <Th className="pr-4">sha256</Th>
          </>
        }
      >
        {files.slice(0, SHOWN).map((file) => (
          <tr key={file.path}>
            <Td className="sm:pl-4">
              <code className="text-13">{file.path}</code>
            </Td>
            <Td label="Size" className="text-right text-13 whitespace-nowrap text-grey-11 tabular-nums">{formatBytes(file.size)}</Td>
            <Td label="sha256" className="pr-4 whitespace-nowrap">
              <CopyText value={file.sha256.replace(/^sha256:/, "")} label={`sha256 of ${file.path}`} head={6} tail={4} />
            </Td>
          </tr>
        ))}
      </Table>
      {files.length > SHOWN ? <p className="border-t px-4 py-3 text-13 text-grey-11">The first {SHOWN} of {COUNT.format(files.length)} files; the package holds them all.</p> : null}
    </Disclosure>
  );
}
