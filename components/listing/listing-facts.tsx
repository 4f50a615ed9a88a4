import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { PluginManifest, ServiceManifest } from "@kosmarket/kit";
import type { ListingDetailView } from "#lib/catalog/schema.ts";
import { formatBytes } from "#components/listing/format-bytes.ts";
import { Sparkline } from "#components/listing/sparkline.tsx";
import { capabilityMeaning, capabilityWords, typeLabel } from "#components/listing/vocabulary.ts";
import { TRUST_STYLE, TrustBadge } from "#components/trust/trust-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Facts } from "#components/ui/facts.tsx";
import type { Fact } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";

const COUNT = new Intl.NumberFormat("en");

/** The facts beside a listing: only those that are known. */
export function ListingFacts({ listing }: { listing: ListingDetailView }) {
  const facts = [...aboutTrust(listing), ...aboutRelease(listing), ...aboutManifest(listing), ...aboutLinks(listing)];
  return (
    <Panel title="Facts">
      <Facts facts={facts} />
    </Panel>
  );
}

function aboutTrust(listing: ListingDetailView): Fact[] {
  const key = listing.current?.fingerprint;
  const signer = listing.current?.signer === "publisher" ? listing.publisher.name : "the registry";
  return [
    { label: "Trust in effect", value: <TrustBadge trust={listing.trust} /> },
    { label: "Trust asked for", value: TRUST_STYLE[listing.trust.requested].label },
    ...(key ? [{ label: `Signed by ${signer} with the key`, value: <CopyText value={key} label="key fingerprint" head={12} tail={8} /> }] : []),
  ];
}

function aboutRelease(listing: ListingDetailView): Fact[] {
  const { current, downloads } = listing;
  return [
    { label: "Type", value: typeLabel(listing.type) },
    ...(current ? [{ label: `Version ${current.version}`, value: <ReleaseLine publishedAt={current.publishedAt} size={current.size} /> }] : []),
    { label: "First published", value: <ExactDate at={listing.createdAt} /> },
    ...(downloads.total > 0
      ? [
          {
            label: "Downloads in 30 days",
            value: (
              <span className="flex items-center gap-3 tabular-nums">
                {COUNT.format(downloads.total)}
                <Sparkline daily={downloads.daily} total={downloads.total} />
              </span>
            ),
          },
        ]
      : []),
  ];
}

function ReleaseLine({ publishedAt, size }: { publishedAt: string; size: number }) {
  return (
    <>
      <ExactDate at={publishedAt} />, {formatBytes(size)}
    </>
  );
}

/** Names as their makers write them. */
const PLATFORM_NAMES: Partial<Record<string, string>> = { linux: "Linux", macos: "macOS", windows: "Windows", android: "Android", ios: "iOS" };

function aboutManifest(listing: ListingDetailView): Fact[] {
  const manifest = (listing.current?.manifest ?? null) as Partial<PluginManifest & ServiceManifest> | null;
  const platforms = manifest?.platforms ?? [];
  const data = manifest?.data_handling;
  return [
    ...(listing.license ? [{ label: "Licence", value: <code className="text-13">{listing.license}</code> }] : []),
    ...(manifest?.runtime ? [{ label: "Runs as", value: manifest.runtime === "wasm" ? "WebAssembly" : "TypeScript" }] : []),
    ...(platforms.length > 0 ? [{ label: "Platforms", value: platforms.map((platform) => PLATFORM_NAMES[platform] ?? platform).join(", ") }] : []),
    ...(data?.retention ? [{ label: "Keeps your data", value: data.retention }] : []),
    ...(data?.regions?.length ? [{ label: "Regions", value: data.regions.join(", ") }] : []),
    ...(data?.trains_on_input === undefined ? [] : [{ label: "Trains on your input", value: data.trains_on_input ? "Yes" : "No" }]),
    ...(listing.capabilities.length > 0 ? [{ label: "Capabilities", value: <CapabilityLinks capabilities={listing.capabilities} /> }] : []),
    ...(listing.tags.length > 0 ? [{ label: "Tags", value: <TagList tags={listing.tags} /> }] : []),
  ];
}

function CapabilityLinks({ capabilities }: { capabilities: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {capabilities.map((id) => (
        <li key={id}>
          <Link href={`/search?capability=${id}`} title={capabilityMeaning(id) ?? undefined} className="link">
            {capabilityWords(id)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function TagList({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

function aboutLinks(listing: ListingDetailView): Fact[] {
  const links = [
    ...(listing.homepage ? [{ label: "Homepage", href: listing.homepage }] : []),
    ...(listing.repository ? [{ label: "Source code", href: listing.repository }] : []),
    ...listing.docs.map((href) => ({ label: "Documentation", href })),
  ];
  if (links.length === 0) return [];
  return [
    {
      label: "Elsewhere",
      value: (
        <ul className="flex flex-col gap-1">
          {links.map((link) => (
            <li key={link.href} className="min-w-0">
              <a href={link.href} rel="nofollow ugc noreferrer" className="link inline-flex max-w-full items-center gap-1">
                <span className="truncate">{addressWords(link.label, link.href)}</span>
                <ArrowUpRight aria-hidden className="size-3.5 shrink-0" />
              </a>
            </li>
          ))}
        </ul>
      ),
    },
  ];
}

/** Names the host a link leads to, so that nobody is surprised. */
function addressWords(label: string, href: string): string {
  return URL.canParse(href) ? `${label}: ${new URL(href).host}` : label;
}
