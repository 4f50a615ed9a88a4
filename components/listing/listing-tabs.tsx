import type { PluginManifest, ServiceManifest } from "@kosmarket/kit";
import type { ListingDetailView, VersionDetailView } from "#lib/catalog/schema.ts";
import { SourceCode } from "#components/code/source-code.tsx";
import { PluginDependencyList, ServiceDependencyNote } from "#components/listing/dependency-list.tsx";
import { FileTable } from "#components/listing/file-table.tsx";
import { PermissionList } from "#components/listing/permission-list.tsx";
import { Readme } from "#components/listing/readme.tsx";
import { RecordPanel } from "#components/listing/record-panel.tsx";
import { ServiceInterface } from "#components/listing/service-interface.tsx";
import { VersionTable } from "#components/listing/version-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TabLinks } from "#components/ui/tabs.tsx";

export const LISTING_TABS = ["overview", "versions", "permissions", "dependencies", "health", "record"] as const;
export type ListingTab = (typeof LISTING_TABS)[number];

const LABELS = { overview: "Overview", versions: "Versions", permissions: "Permissions", dependencies: "Dependencies", health: "Health", record: "Record" } as const satisfies Record<ListingTab, string>;

/** The stored manifest in its parsed form; the registry wrote it, so its kind tells its shape. */
function manifestOf(version: VersionDetailView): { kind: "service"; service: ServiceManifest } | { kind: "plugin"; plugin: PluginManifest } {
  return version.kind === "service" ? { kind: "service", service: version.manifest as ServiceManifest } : { kind: "plugin", plugin: version.manifest as PluginManifest };
}

function countOf(listing: ListingDetailView, tab: ListingTab): number | undefined {
  if (tab === "versions") return listing.versions.length;
  return tab === "permissions" && listing.kind === "plugin" ? listing.permissions.length : undefined;
}

/** The tabs of a listing and the one that is open; each has its own address. */
export function ListingTabs({ listing, active }: { listing: ListingDetailView; active: ListingTab }) {
  const tabs = LISTING_TABS.map((id) => ({ id, label: LABELS[id], href: id === "overview" ? `/listings/${listing.id}` : `/listings/${listing.id}?tab=${id}`, count: countOf(listing, id) }));
  return (
    <section aria-label={LABELS[active]} className="flex min-w-0 flex-col gap-6">
      <TabLinks label="Parts of this listing" tabs={tabs} active={active} />
      <TabBody listing={listing} tab={active} />
    </section>
  );
}

function TabBody({ listing, tab }: { listing: ListingDetailView; tab: ListingTab }) {
  const version = listing.current;
  if (tab === "versions" && listing.versions.length > 0) return <VersionTable versions={listing.versions} />;
  if (version === null) return <EmptyState title="No version is published yet.">This part fills when the first version passes its checks and its review.</EmptyState>;
  switch (tab) {
    case "overview":
      return <Overview listing={listing} version={version} />;
    case "permissions":
      return <Permissions version={version} />;
    case "dependencies":
      return <Dependencies version={version} />;
    case "health":
      return <Health version={version} />;
    default:
      return <RecordPanel version={version} publisher={listing.publisher} />;
  }
}

function Overview({ listing, version }: { listing: ListingDetailView; version: VersionDetailView }) {
  const manifest = manifestOf(version);
  const text = listing.readme ?? listing.description;
  return (
    <div className="flex flex-col gap-8">
      {text ? <Readme text={text} name={listing.name} /> : null}
      {manifest.kind === "service" ? <ServiceInterface manifest={manifest.service} /> : null}
      <FileTable files={version.files} />
      <Disclosure title="Manifest as published">
        <SourceCode code={version.manifestText} language="yaml" label="manifest" title={manifest.kind === "service" ? "service.yaml" : "plugin.yaml"} />
      </Disclosure>
    </div>
  );
}

function Permissions({ version }: { version: VersionDetailView }) {
  const manifest = manifestOf(version);
  if (manifest.kind === "service") {
    const place = manifest.service.endpoint;
    return (
      <EmptyState title="A service asks the host for no permission.">
        No code of it runs inside the host. It sees what a plugin or you send to it{place ? <> at <code className="break-all">{place}</code></> : null}, and nothing else.
      </EmptyState>
    );
  }
  if (version.permissions.length === 0) return <EmptyState title="It needs no permission.">The manifest of {version.version} asks for none, so a host grants none.</EmptyState>;
  return <PermissionList permissions={version.permissions} hosts={manifest.plugin.network ?? []} />;
}

function Dependencies({ version }: { version: VersionDetailView }) {
  const manifest = manifestOf(version);
  if (manifest.kind === "service") return <ServiceDependencyNote manifest={manifest.service} />;
  return <PluginDependencyList dependencies={manifest.plugin.dependencies ?? { listings: {}, npm: {} }} />;
}

function Health({ version }: { version: VersionDetailView }) {
  const manifest = manifestOf(version);
  const probe = manifest.kind === "service" ? manifest.service.health : undefined;
  return (
    <EmptyState title="This registry does not probe listings yet.">
      {probe ? (
        <p>
          What is recorded today is the probe the manifest declares, which a host runs for itself: <code className="inline-block max-w-full wrap-anywhere">{`${probe.method ?? "GET"} ${probe.path}`}</code>
          {probe.expected_status === undefined ? "" : `, answered with ${[probe.expected_status].flat().join(" or ")}`}.
        </p>
      ) : (
        <p>What is recorded today are its downloads and its versions; results of probes will appear here once hosts report them.</p>
      )}
    </EmptyState>
  );
}
