import type { z } from "zod";
import { FeedSchema, isCanonicalVersion, sha256Hex } from "@kosmarket/kit";
import { checksumMismatch, registryFailed, wrongUsage } from "../command-line/errors.ts";
import { formatSize } from "../command-line/format-size.ts";
import { VersionAnswer } from "./answers.ts";
import { callRegistry, download } from "./call-registry.ts";

/** A package is at most 50 MiB. */
const MAX_ARTIFACT_BYTES = 50 * 1024 * 1024;
const MAX_KEYS_BYTES = 4 * 1024 * 1024;

export interface FetchInput {
  registry: string;
  id: string;
  /** null for the one that the feed names */
  version: string | null;
  onProgress: (text: string) => void;
}

export interface FetchedVersion {
  version: string;
  bytes: Uint8Array;
  /** of the bytes, and as announced: 64 lower-case hex digits */
  sha256: string;
  signature: string;
  /** whose key `signature` is of */
  signer: "publisher" | "registry";
  /** the publisher's own signature and its keys, where `signature` is the registry's beside it */
  own: { signature: string; keys: () => Promise<string> } | null;
  publishedAt: Date | null;
  /** what the registry verified of an attestation of its build; null where there is none */
  provenance: NonNullable<z.output<typeof VersionAnswer>["provenance"]> | null;
  /** downloads the signer's certificates */
  keys: () => Promise<string>;
}

/** Downloads a version and holds its bytes against what the registry announces; the signature is the caller's to verify. */
export async function fetchVersion({ registry, id, version, onProgress }: FetchInput): Promise<FetchedVersion> {
  if (version !== null && !isCanonicalVersion(version)) throw wrongUsage(`\`${version}\` is not a version`, "Such as 1.8.0.");
  const announced = version === null ? await readFeedEntry(registry, id) : null;
  const wanted = version ?? announced?.latest ?? "";
  const detail = await callRegistry({ url: `${registry}/api/v1/listings/${id}/versions/${encodeURIComponent(wanted)}` }, VersionAnswer);
  // The feed is what hosts poll: it must say the same as the version's own page.
  if (announced !== null && announced.checksum !== detail.checksum) throw checksumMismatch(`the page of \`${id}\` ${wanted}`, announced.checksum, detail.checksum);
  const bytes = await download(resolve(registry, announced?.url ?? detail.url), MAX_ARTIFACT_BYTES, (received) => onProgress(`Downloading ${formatSize(received)}${detail.size === undefined ? "" : ` of ${formatSize(detail.size)}`}`));
  const sha256 = await sha256Hex(bytes);
  if (`sha256:${sha256}` !== detail.checksum) throw checksumMismatch(`\`${id}\` ${wanted}`, detail.checksum, `sha256:${sha256}`);
  return {
    version: wanted,
    bytes,
    sha256,
    signature: announced?.signature ?? detail.signature,
    signer: detail.publisherSignature == null ? detail.signer : "registry",
    own: detail.publisherSignature == null ? null : { signature: detail.publisherSignature.signature, keys: keysAt(registry, detail.publisherSignature.keysUrl) },
    publishedAt: detail.publishedAt === undefined ? null : new Date(detail.publishedAt),
    keys: keysAt(registry, detail.keysUrl),
    provenance: detail.provenance ?? null,
  };
}

function keysAt(registry: string, address: string): () => Promise<string> {
  return async () => new TextDecoder().decode(await download(resolve(registry, address), MAX_KEYS_BYTES));
}

async function readFeedEntry(registry: string, id: string) {
  const feed = await callRegistry({ url: `${registry}/api/feed.json` }, FeedSchema);
  const entry = Object.hasOwn(feed, id) ? feed[id] : undefined;
  if (entry === undefined) throw wrongUsage(`the feed of ${registry} has no \`${id}\``, "Name a version, as ID@VERSION, for one that has no stable version.");
  return entry;
}

function resolve(registry: string, address: string): string {
  const url = URL.parse(address, `${registry}/`);
  if (url === null || !/^https?:$/.test(url.protocol)) throw registryFailed(registry, `\`${address}\` is not an address`);
  return url.href;
}
