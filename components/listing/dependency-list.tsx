import type { ReactNode } from "react";
import Link from "next/link";
import type { PluginDependencies, ServiceManifest } from "@kosmarket/kit";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";

/** What a plugin declares that it needs: other listings first, then npm packages. */
export function PluginDependencyList({ dependencies }: { dependencies: PluginDependencies }) {
  const listings = Object.entries(dependencies.listings);
  const packages = Object.entries(dependencies.npm);
  if (listings.length + packages.length === 0) return <EmptyState title="It needs nothing else.">The manifest of this version declares no dependency.</EmptyState>;
  return (
    <Table
      caption="Dependencies of this version"
      head={
        <>
          <Th>Name</Th>
          <Th>Range</Th>
          <Th className="w-full">Comes from</Th>
        </>
      }
    >
      {listings.map(([id, range]) => (
        <DependencyRow key={id} range={range} source="this registry">
          <Link href={`/listings/${id}`} className="link font-mono text-13">
            {id}
          </Link>
        </DependencyRow>
      ))}
      {packages.map(([name, range]) => (
        <DependencyRow key={name} range={range} source="npm">
          <code className="text-13">{name}</code>
        </DependencyRow>
      ))}
    </Table>
  );
}

function DependencyRow({ range, source, children }: { range: string; source: string; children: ReactNode }) {
  return (
    <tr>
      <Td className="sm:whitespace-nowrap">{children}</Td>
      <Td label="Range" className="sm:whitespace-nowrap">
        <code className="text-13">{range}</code>
      </Td>
      <Td label="Comes from" className="text-13 text-grey-11">{source}</Td>
    </tr>
  );
}

/** What a service needs on the host: the package that is started, or nothing but its address. */
export function ServiceDependencyNote({ manifest }: { manifest: ServiceManifest }) {
  if (!manifest.launch) {
    return <EmptyState title="It needs nothing installed.">A host reaches this service at its address{manifest.endpoint ? <code className="break-all"> {manifest.endpoint}</code> : null}.</EmptyState>;
  }
  return (
    <EmptyState title={`The host starts ${manifest.launch.package}.`}>
      It is taken from {manifest.launch.registry}
      {manifest.launch.version ? `, version ${manifest.launch.version}` : ", in whichever version is newest there"}.
    </EmptyState>
  );
}
