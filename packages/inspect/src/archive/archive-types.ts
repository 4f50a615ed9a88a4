import type { Problem, ProblemCode } from "@kosmarket/kit";

export type ArchiveFormat = "zip" | "tgz";

/** One file or directory as every reader would unpack it. Directories have size 0 and no trailing slash. */
export interface ArchiveEntry {
  path: string;
  /** bytes after unpacking */
  size: number;
  /** 64 lower-case hex digits; empty for directories */
  sha256: string;
  isDirectory: boolean;
}

/** The unpacked files. The one pass over the archive keeps its texts; anything else is unpacked again when it is asked for. */
export interface ArchiveFiles {
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** bytes after unpacking, or null when there is no such file */
  size(path: string): number | null;
  /** The first bytes (at most {@link HEAD_BYTES}), without unpacking the rest again. */
  head(path: string): Uint8Array;
  /** The content of a text that was kept; null for anything else, which {@link read} still gives. */
  kept(path: string): Uint8Array | null;
  /** The content, or null when there is no such file or it is larger than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
}

export interface ArchiveVerdict {
  format: ArchiveFormat | null;
  /** of the whole packed file, 64 lower-case hex digits; empty when it cannot be read */
  sha256: string;
  /** bytes of the whole packed file */
  size: number;
  entries: ArchiveEntry[];
  files: ArchiveFiles;
  problems: Problem[];
}

/** How much of each file is kept for telling its type. */
export const HEAD_BYTES = 64;

/** What one format's reader hands back; `open` is asked only for files in `entries`. */
export interface UnpackedArchive {
  entries: ArchiveEntry[];
  heads: Map<string, Uint8Array>;
  kept: ReadonlyMap<string, Uint8Array>;
  open: (path: string) => Promise<Uint8Array | null>;
}

export const NOTHING_UNPACKED: UnpackedArchive = { entries: [], heads: new Map(), kept: new Map(), open: () => Promise.resolve(null) };

/** Where readers write down faults: they go on as long as the rest can still be judged. */
export interface FaultList {
  readonly problems: readonly Problem[];
  add(code: ProblemCode, file: string | null, detail: string, suggestion?: string): void;
  /** Takes over what another list holds. */
  join(other: FaultList): void;
}
