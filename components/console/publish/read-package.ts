import { readTarEntry } from "#components/console/publish/read-tar-entry.ts";
import { readZipEntry } from "#components/console/publish/read-zip-entry.ts";

export type UploadKind = "zip" | "tgz" | "manifest";

/** Reads one text file of what is about to be uploaded; null when it is absent, binary or too large to show. */
export type TextReader = (path: string) => Promise<string | null>;

const MANIFEST_NAMES = ["plugin.yaml", "service.yaml"];
const TEXT_LIMIT_BYTES = 512 * 1024;

/** Tells by the name what a chosen file is; null when it is nothing that can be published. */
export function kindOfUpload(name: string): UploadKind | null {
  const lower = name.toLowerCase();
  if (lower.endsWith(".zip")) return "zip";
  if (lower.endsWith(".tgz") || lower.endsWith(".tar.gz")) return "tgz";
  if (lower.endsWith(".yaml") || lower.endsWith(".yml")) return "manifest";
  return null;
}

/**
 * A reader for the text files inside a chosen upload, so that findings can be
 * shown beside their line before anything is published. It only looks things
 * up for display: whether the archive is sound is the server's verdict, and a
 * broken one simply yields null here.
 */
export function textReaderOf(file: File, kind: UploadKind): TextReader {
  const cache = new Map<string, Promise<string | null>>();
  return (path) => {
    const known = cache.get(path);
    if (known) return known;
    const reading = readText(file, kind, path).catch(() => null);
    cache.set(path, reading);
    return reading;
  };
}

/** The manifest's text inside a package, or the file itself, with the path it was found at. */
export async function readManifest(kind: UploadKind, read: TextReader, fileName: string): Promise<{ path: string; text: string } | null> {
  for (const path of kind === "manifest" ? [fileName] : MANIFEST_NAMES) {
    const text = await read(path);
    if (text !== null) return { path, text };
  }
  return null;
}

async function readText(file: File, kind: UploadKind, path: string): Promise<string | null> {
  const bytes = kind === "manifest" ? await readWhole(file) : kind === "zip" ? await readZipEntry(file, path, TEXT_LIMIT_BYTES) : await readTarEntry(file, path, TEXT_LIMIT_BYTES);
  if (bytes === null || bytes.includes(0)) return null;
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

async function readWhole(file: File): Promise<Uint8Array | null> {
  return file.size > TEXT_LIMIT_BYTES ? null : new Uint8Array(await file.arrayBuffer());
}
